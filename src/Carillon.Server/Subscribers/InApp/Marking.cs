using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.InApp;

/// <summary>Marks messages of one subscriber by their ids, and nobody else's; ids that are not there are passed over.</summary>
internal sealed class Marking(CarillonDb db, MessageViews views, TimeProvider clock)
{
    public async Task<Results<Answer<IReadOnlyList<MessageView>>, Problem>> RunAsync(
        string externalId, IReadOnlyList<string> messageIds, Mark mark, CancellationToken ct)
    {
        if (messageIds.Count == 0) return Problem.BadRequest("messageId is required");
        if (!messageIds.All(Ids.IsId)) return Problem.BadRequest(["each value in messageId must be a mongodb id"]);

        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == externalId, ct);
        if (subscriber is null) return Problem.NotFound($"Subscriber {externalId} not found");

        var ids = messageIds.Select(id => id.ToLowerInvariant()).Distinct().ToList();
        var messages = db.Messages.Where(message => message.SubscriberId == subscriber.Id && ids.Contains(message.Id));
        if (!mark.ChangesNothing) await messages.ExecuteUpdateAsync(row => mark.Set(row, clock.GetUtcNow()), ct);

        var marked = await messages.AsNoTracking().OrderBy(message => message.Id).ToListAsync(ct);
        return Answer.Of(await views.OfAsync(marked, MessageDetail.Bare, ct));
    }

    /// <summary>Ids as a text, as several with commas between them, or as a list.</summary>
    public static IReadOnlyList<string> ReadIds(Fields fields) =>
    [
        .. (fields.TextOrTexts("messageId") ?? [])
            .SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    ];
}
