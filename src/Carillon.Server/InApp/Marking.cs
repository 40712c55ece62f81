using Carillon.Data;
using Carillon.Data.Hints;
using Carillon.Data.Messages;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.InApp;

/// <summary>Marks messages of one subscriber, and nobody else's, each time in one statement; then tells that person's open inboxes.</summary>
internal sealed class Marking(CarillonDb db, IHints hints, MarkNews news, TimeProvider clock)
{
    /// <summary>The messages with these ids, marked; ids that are not there are passed over.</summary>
    public async Task<IReadOnlyList<Message>> MarkAsync(string subscriberId, IReadOnlyList<string> messageIds, Mark mark, CancellationToken ct)
    {
        var ids = messageIds.Select(id => id.ToLowerInvariant()).Distinct().ToList();
        var messages = db.Messages.Where(message => message.SubscriberId == subscriberId && ids.Contains(message.Id));
        if (!mark.ChangesNothing) await MarkAllAsync(subscriberId, messages, mark, ct);

        return await messages.AsNoTracking().OrderBy(message => message.Id).ToListAsync(ct);
    }

    /// <summary>Everything in these feeds that a word would change; answers how many that were.</summary>
    public Task<int> MarkAllAsync(string subscriberId, IReadOnlyList<string>? feeds, string word, CancellationToken ct) =>
        MarkAllAsync(subscriberId, Mark.Unlike(word, db.InboxOf(subscriberId).InFeeds(feeds, db)), Mark.Of(word), ct);

    /// <summary>These messages of theirs; answers how many there were.</summary>
    public async Task<int> MarkAllAsync(string subscriberId, IQueryable<Message> messages, Mark mark, CancellationToken ct)
    {
        var changed = await news.IsWantedAsync(mark, ct)
            ? await news.TellAsync(subscriberId, messages, mark, () => SetAsync(messages, mark, ct), ct)
            : await SetAsync(messages, mark, ct);
        if (mark.Tells != InboxCounts.None) hints.TellInboxChanged(new(subscriberId, mark.Tells));
        return changed;
    }

    private Task<int> SetAsync(IQueryable<Message> messages, Mark mark, CancellationToken ct) =>
        messages.ExecuteUpdateAsync(row => mark.Set(row, clock.GetUtcNow()), ct);

    public static Problem? ProblemWith(IReadOnlyList<string> messageIds)
    {
        if (messageIds.Count == 0) return Problem.BadRequest("messageId is required");
        return messageIds.All(Ids.IsId) ? null : Problem.BadRequest(["each value in messageId must be a mongodb id"]);
    }

    /// <summary>Ids as a text, as several with commas between them, or as a list.</summary>
    public static IReadOnlyList<string> ReadIds(Fields fields) =>
    [
        .. (fields.TextOrTexts("messageId") ?? [])
            .SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    ];

    public static Mark ReadFlags(Fields flags) => new(flags.OptionalBool("seen"), flags.OptionalBool("read"));
}
