using Carillon.Data;
using Carillon.Data.Hints;
using Carillon.Data.Messages;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Widgets;

/// <summary>Takes messages out of one's inbox: one, some, or all of them.</summary>
internal sealed class RemoveMessages(CarillonDb db, Caller caller, IHints hints, TimeProvider clock)
{
    private const int Most = 100;

    public sealed record Request(IReadOnlyList<string> MessageIds) : IRequest<Request>
    {
        public static Request Read(Fields fields) =>
            new(fields["messageIds"].ArrayMaxSize(Most).EachMongoId().ArrayNotEmpty().Array().Texts);
    }

    public sealed record AllRequest(string? FeedId) : IRequest<AllRequest>
    {
        public static AllRequest Read(Fields fields)
        {
            var feed = fields["feedId"].Optional();
            return new(feed.Must(Ids.IsId(feed.Text), "FeedId must be a valid MongoDB ObjectId").TextOrNull?.ToLowerInvariant());
        }
    }

    /// <summary>Nothing, as an object.</summary>
    public sealed record Nothing;

    public static async Task<Results<Answer<MessageView>, Problem>> One(
        MongoId messageId, RemoveMessages operation, MessageViews views, CancellationToken ct)
    {
        var id = messageId.Text;
        return await operation.RemoveOneAsync(id, ct) is { } removed
            ? Answer.Of(await views.OneAsync(removed, ct))
            : Problem.BadRequest($"Could not find a message with id {id}");
    }

    public static async Task<Unwrapped<Nothing>> Some(Body<Request> body, RemoveMessages operation, CancellationToken ct)
    {
        var ids = body.Value.MessageIds.Select(id => id.ToLowerInvariant()).Distinct().ToList();
        await operation.RemoveAsync(operation.Own.Where(message => ids.Contains(message.Id)), ct);
        return new(new());
    }

    public static async Task<Results<NoContent, Problem>> All(
        Query<AllRequest> query, RemoveMessages operation, CarillonDb db, CancellationToken ct)
    {
        if (query.Value.FeedId is not { } feedId)
        {
            await operation.RemoveAsync(operation.Own, ct);
            return TypedResults.NoContent();
        }

        if (!await db.Feeds.AnyAsync(feed => feed.Id == feedId, ct)) return Problem.NotFound($"Feed with {feedId} not found");

        await operation.RemoveAsync(operation.Own.Where(message => message.FeedId == feedId), ct);
        return TypedResults.NoContent();
    }

    private IQueryable<Message> Own => db.InboxOf(caller.SubscriberId);

    private async Task<Message?> RemoveOneAsync(string id, CancellationToken ct)
    {
        if (await Own.SingleOrDefaultAsync(message => message.Id == id, ct) is not { } message) return null;

        message.DeletedAt = message.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        var counts = (message.Seen ? InboxCounts.None : InboxCounts.Unseen) | (message.Read ? InboxCounts.None : InboxCounts.Unread);
        if (counts != InboxCounts.None) hints.TellInboxChanged(new(caller.SubscriberId, counts));
        return message;
    }

    private async Task RemoveAsync(IQueryable<Message> messages, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await messages.ExecuteUpdateAsync(
            row => row.SetProperty(message => message.DeletedAt, now).SetProperty(message => message.UpdatedAt, now), ct);
        hints.TellInboxChanged(new(caller.SubscriberId, InboxCounts.Both));
    }
}
