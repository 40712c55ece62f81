using Carillon.Data;
using Carillon.Data.Hints;
using Carillon.Data.Messages;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Inbox;

/// <summary>Marks all of one's notifications, or those with certain tags.</summary>
internal sealed class MarkNotifications(CarillonDb db, Caller caller, Tagged tagged, Marking marking)
{
    private static readonly Mark AsRead = new(Seen: true, Read: true) { Tells = InboxCounts.Unread };
    private static readonly Mark AsArchived = new(Seen: true, Read: true, Archived: true) { Tells = InboxCounts.Unread };

    public sealed record Request(IReadOnlyList<string>? Tags) : IRequest<Request>
    {
        static Request IRequest<Request>.Read(Fields fields) => new(fields["tags"].Optional().Array().TextsOrNull);
    }

    public static Task<NoContent> Read(Body<Request> body, MarkNotifications operation, CancellationToken ct) =>
        operation.RunAsync(inbox => inbox.WithRead(false), body.Value.Tags, AsRead, ct);

    public static Task<NoContent> Archive(Body<Request> body, MarkNotifications operation, CancellationToken ct) =>
        operation.RunAsync(inbox => inbox.WithArchived(false), body.Value.Tags, AsArchived, ct);

    public static Task<NoContent> ArchiveRead(Body<Request> body, MarkNotifications operation, CancellationToken ct) =>
        operation.RunAsync(inbox => inbox.WithRead(true).WithArchived(false), body.Value.Tags, AsArchived, ct);

    private async Task<NoContent> RunAsync(
        Func<IQueryable<Message>, IQueryable<Message>> which, IReadOnlyList<string>? tags, Mark mark, CancellationToken ct)
    {
        var messages = await tagged.WithAnyAsync(which(db.InboxOf(caller.SubscriberId)), tags, ct);
        await marking.MarkAllAsync(caller.SubscriberId, messages, mark, ct);
        return TypedResults.NoContent();
    }
}
