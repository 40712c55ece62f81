using Carillon.Data;
using Carillon.Data.Hints;
using Carillon.Data.Messages;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Inbox;

/// <summary>Notes that a button of a notification was used, or takes that back. Who uses one has read it.</summary>
internal sealed class UseAction(CarillonDb db, Caller caller, IHints hints, InboxNotifications notifications, TimeProvider clock)
{
    public sealed record Request(string Button) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields["actionType"].Defined().OneOf("primary", "secondary").Text);
    }

    public static Task<Results<Answer<InboxNotification>, Problem>> Complete(
        MongoId notificationId, Body<Request> body, UseAction operation, CancellationToken ct) =>
        operation.RunAsync(notificationId, body.Value.Button, "done", ct);

    public static Task<Results<Answer<InboxNotification>, Problem>> Revert(
        MongoId notificationId, Body<Request> body, UseAction operation, CancellationToken ct) =>
        operation.RunAsync(notificationId, body.Value.Button, "pending", ct);

    private async Task<Results<Answer<InboxNotification>, Problem>> RunAsync(string id, string button, string status, CancellationToken ct)
    {
        if (await db.InboxOf(caller.SubscriberId).SingleOrDefaultAsync(message => message.Id == id, ct) is not { } message)
            return Problem.NotFound($"Notification with id: {id} is not found.");
        if (!new NotificationCta(message.Cta).HasButton(button))
            return Problem.BadRequest($"Could not perform action on the {button} button because it does not exist.");

        var now = clock.GetUtcNow();
        message.Cta = CallToAction.With(message.Cta, button, status, payload: null);
        message.UpdatedAt = now;
        var wasRead = message.Read;
        if (!wasRead) MarkRead(message, now);
        await db.SaveChangesAsync(ct);
        if (!wasRead) hints.TellInboxChanged(new(caller.SubscriberId, InboxCounts.Unread));
        return Answer.Of(await notifications.ChangedAsync(message, ct));
    }

    private static void MarkRead(Message message, DateTimeOffset now)
    {
        message.Read = message.Seen = true;
        message.LastReadAt = message.LastSeenAt = now;
    }
}
