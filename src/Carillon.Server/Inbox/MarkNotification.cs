using System.Text.Json;
using Carillon.Data.Hints;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Inbox;

/// <summary>Marks one of one's notifications. Who archives it has read it, and what is put back unread is not archived either.</summary>
internal sealed class MarkNotification(Caller caller, Marking marking, InboxNotifications notifications)
{
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    public static Task<Results<Answer<InboxNotification>, Problem>> Read(MongoId notificationId, MarkNotification operation, CancellationToken ct) =>
        operation.RunAsync(notificationId, new(Seen: true, Read: true), ct);

    public static Task<Results<Answer<InboxNotification>, Problem>> Unread(MongoId notificationId, MarkNotification operation, CancellationToken ct) =>
        operation.RunAsync(notificationId, new(Seen: true, Read: false, Archived: false), ct);

    public static Task<Results<Answer<InboxNotification>, Problem>> Archive(MongoId notificationId, MarkNotification operation, CancellationToken ct) =>
        operation.RunAsync(notificationId, new(Seen: true, Read: true, Archived: true), ct);

    public static Task<Results<Answer<InboxNotification>, Problem>> Unarchive(MongoId notificationId, MarkNotification operation, CancellationToken ct) =>
        operation.RunAsync(notificationId, new(Seen: true, Read: true, Archived: false), ct);

    private async Task<Results<Answer<InboxNotification>, Problem>> RunAsync(string id, Mark mark, CancellationToken ct)
    {
        var marked = await marking.MarkAsync(caller.SubscriberId, [id], mark with { Forgets = true, Tells = InboxCounts.Unread }, ct);
        if (marked.Count == 0) return Problem.NotFound($"Notification with id: {id} is not found.");

        var shown = await notifications.ChangedAsync(marked[0], ct);
        return Answer.Of(shown with
        {
            ReadAt = mark.Read == false ? Null : shown.ReadAt,
            ArchivedAt = mark.Archived == false ? Null : shown.ArchivedAt,
        });
    }
}
