using Carillon.Server.Http.Access;

namespace Carillon.Server.Notifications;

/// <summary>What became of each event for each person: routes under /v1/notifications, and the account of one under /v1/execution-details.</summary>
internal static class NotificationEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddNotifications() => services.AddScoped<GatheredEvents>().AddScoped<NotificationViews>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapNotifications()
        {
            var notifications = api.MapGroup("/notifications").WithTags("Notifications").RequireKeyOrUser();

            notifications.MapGet("/", ListNotifications.Handle);
            notifications.MapGet("/stats", CountNotifications.Handle);
            notifications.MapGet("/graph/stats", CountDailyNotifications.Handle);
            notifications.MapGet("/delivery/stats", CountDailyReports.Handle).WithSummary("What providers reported, day by day");
            notifications.MapGet("/{notificationId}", GetNotification.Handle);
            notifications.MapPost("/{notificationId}/resend", ResendNotification.Handle).WithSummary("Try what failed again");

            api.MapGet("/execution-details", ListExecutionDetails.Handle).WithTags("Execution details").RequireKeyOrUser();
        }
    }
}
