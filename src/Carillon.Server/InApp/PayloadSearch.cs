using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Messages;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.InApp;

/// <summary>
/// Finds messages by their event's payload, newest first. Payloads are documents that only we look into, the same on every
/// database; so it goes back in batches until it has enough, and no further than is still a page of an inbox.
/// </summary>
internal sealed class PayloadSearch(CarillonDb db)
{
    private const int Batch = 500;
    private const int Furthest = 10_000;

    public async Task<IReadOnlyList<Message>> FindAsync(
        IQueryable<Message> messages, PayloadFilter filter, int skip, int take, CancellationToken ct)
    {
        var found = new List<string>();
        Candidate? last = null;
        for (var looked = 0; looked < Furthest && found.Count < skip + take; looked += Batch)
        {
            var batch = await (last is null ? messages : messages.Behind(last.CreatedAt, last.Id)).NewestFirst()
                .Select(message => new Candidate(message.Id, message.EventId, message.CreatedAt))
                .Take(Batch)
                .ToListAsync(ct);
            var events = await MatchingAsync(batch, filter, ct);
            found.AddRange(batch.Where(candidate => events.Contains(candidate.EventId)).Select(candidate => candidate.Id));

            if (batch.Count < Batch) break;
            last = batch[^1];
        }

        var page = found.Skip(skip).Take(take).ToList();
        return page.Count == 0 ? [] : await messages.Where(message => page.Contains(message.Id)).NewestFirst().ToListAsync(ct);
    }

    private async Task<HashSet<string>> MatchingAsync(IReadOnlyList<Candidate> batch, PayloadFilter filter, CancellationToken ct)
    {
        var ids = batch.Select(candidate => candidate.EventId).Distinct().ToList();
        var events = db.Events.Where(e => ids.Contains(e.Id)).Select(e => new { e.Id, e.Content }).AsAsyncEnumerable();

        var matching = new HashSet<string>();
        await foreach (var e in events.WithCancellation(ct))
        {
            if (filter.Matches(JsonColumn.Read<EventContent>(e.Content).Payload)) matching.Add(e.Id);
        }

        return matching;
    }

    private sealed record Candidate(string Id, string EventId, DateTimeOffset CreatedAt);
}
