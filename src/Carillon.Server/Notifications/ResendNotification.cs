using Carillon.Engine.Running;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Notifications;

/// <summary>Tries the failed steps of a notification again, and those that were left out because of them. A route of our own.</summary>
internal static class ResendNotification
{
    public static async Task<Results<Answer<ResendView>, Problem>> Handle(MongoId notificationId, Resend resend, CancellationToken ct) =>
        ResendView.Of(await resend.OfRunAsync(notificationId, ct), $"Notification with id {notificationId}");
}
