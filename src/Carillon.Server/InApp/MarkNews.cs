using Carillon.Data;
using Carillon.Data.Messages;
using Carillon.Data.Outgoing;
using Carillon.Server.Http.Recording;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.InApp;

/// <summary>Tells endpoints of what somebody sees or reads: many messages in one event, where they were marked together.</summary>
internal sealed class MarkNews(CarillonDb db, Outbox outbox)
{
    private const int MostInOne = 100;

    public async Task<bool> IsWantedAsync(Mark mark, CancellationToken ct) =>
        (mark.Seen == true && await outbox.WantsAsync(EventTypes.MessageSeen, ct)) || (mark.Read == true && await outbox.WantsAsync(EventTypes.MessageRead, ct));

    /// <summary>Marks them and tells of those that were not yet, in one transaction.</summary>
    public async Task<int> TellAsync(string subscriberId, IQueryable<Message> messages, Mark mark, Func<Task<int>> set, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        var externalId = await db.Subscribers.Where(one => one.Id == subscriberId).Select(one => one.ExternalId).SingleOrDefaultAsync(ct);
        var seen = mark.Seen == true ? await messages.Where(message => !message.Seen).Select(message => message.Id).ToListAsync(ct) : [];
        var read = mark.Read == true ? await messages.Where(message => !message.Read).Select(message => message.Id).ToListAsync(ct) : [];
        var changed = await set();
        await TellAsync(EventTypes.MessageSeen, externalId, seen, ct);
        await TellAsync(EventTypes.MessageRead, externalId, read, ct);
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return changed;
    }

    private async Task TellAsync(string type, string? subscriberId, IReadOnlyList<string> ids, CancellationToken ct)
    {
        foreach (var messageIds in ids.Order(StringComparer.Ordinal).Chunk(MostInOne))
            await outbox.TellAsync(type, () => new { subscriberId, messageIds }, ct);
    }
}
