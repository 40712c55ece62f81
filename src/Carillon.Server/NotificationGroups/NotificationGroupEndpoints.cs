using Carillon.Server.Http.Access;

namespace Carillon.Server.NotificationGroups;

/// <summary>Every route under /v1/notification-groups.</summary>
internal static class NotificationGroupEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddNotificationGroups() => services.AddScoped<CreateNotificationGroup>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapNotificationGroups()
        {
            var groups = api.MapGroup("/notification-groups").WithTags("Workflow groups").RequireKeyOrUser();

            groups.MapPost("/", CreateNotificationGroup.Handle);
            groups.MapGet("/", ListNotificationGroups.Handle);
            groups.MapGet("/{id}", GetNotificationGroup.Handle);
            groups.MapPatch("/{id}", RenameNotificationGroup.Handle);
            groups.MapDelete("/{id}", DeleteNotificationGroup.Handle);
        }
    }
}
