using Carillon.Server.Http;
using Carillon.Server.Http.Access;

namespace Carillon.Server.Inbox;

/// <summary>Every route under /v1/inbox, which the newer inbox components use from people's browsers.</summary>
internal static class InboxEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddInbox()
        {
            services.AddScoped<InboxNotifications>();
            services.AddScoped<MarkNotification>();
            services.AddScoped<MarkNotifications>();
            services.AddScoped<OpenSession>();
            services.AddScoped<Tagged>();
            services.AddScoped<UseAction>();
        }
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapInbox()
        {
            var inbox = api.MapGroup("/inbox").WithTags("Inbox").RequireSubscriber();

            inbox.MapPost("/session", OpenSession.Handle)
                .Public("It is where a subscriber's token comes from; the application vouches for them by a hash.").NoStore();

            inbox.MapGet("/notifications", ListInbox.Handle);
            inbox.MapGet("/notifications/count", CountInbox.Handle);
            inbox.MapPost("/notifications/read", MarkNotifications.Read);
            inbox.MapPost("/notifications/archive", MarkNotifications.Archive);
            inbox.MapPost("/notifications/read-archive", MarkNotifications.ArchiveRead);
            inbox.MapPatch("/notifications/{notificationId}/read", MarkNotification.Read);
            inbox.MapPatch("/notifications/{notificationId}/unread", MarkNotification.Unread);
            inbox.MapPatch("/notifications/{notificationId}/archive", MarkNotification.Archive);
            inbox.MapPatch("/notifications/{notificationId}/unarchive", MarkNotification.Unarchive);
            inbox.MapPatch("/notifications/{notificationId}/complete", UseAction.Complete);
            inbox.MapPatch("/notifications/{notificationId}/revert", UseAction.Revert);

            inbox.MapGet("/preferences", ListPreferences.Handle);
            inbox.MapPatch("/preferences", SetPreference.OfAll);
            inbox.MapPatch("/preferences/{workflowId}", SetPreference.OfWorkflow);
        }
    }
}
