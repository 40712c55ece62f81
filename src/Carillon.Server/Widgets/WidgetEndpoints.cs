using Carillon.Server.Http;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Widgets;

/// <summary>Every route under /v1/widgets, which the older inbox components use from people's browsers.</summary>
internal static class WidgetEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddWidgets()
        {
            services.AddScoped<InitializeSession>();
            services.AddScoped<MarkOwnMessages>();
            services.AddScoped<RemoveMessages>();
        }
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapWidgets()
        {
            var widgets = api.MapGroup("/widgets").WithTags("Widgets").RequireSubscriber();

            widgets.MapPost("/session/initialize", InitializeSession.Handle)
                .Public("It is where a subscriber's token comes from; the application vouches for them by a hash.").NoStore();
            widgets.MapGet("/organization", ShowOrganization.Handle);
            widgets.MapPost("/usage/log", LogUsage.Handle);

            widgets.MapGet("/notifications/feed", ShowFeed.Handle);
            widgets.MapGet("/notifications/unseen", CountMessages.Unseen);
            widgets.MapGet("/notifications/unread", CountMessages.Unread);
            widgets.MapGet("/notifications/count", CountMessages.Handle);

            widgets.MapPost("/messages/markAs", FlagOwnMessages.Handle);
            widgets.MapPost("/messages/mark-as", MarkOwnMessages.Handle);
            widgets.MapPost("/messages/read", MarkEverything.Read);
            widgets.MapPost("/messages/seen", MarkEverything.Seen);
            widgets.MapPost("/messages/{messageId}/actions/{type}", TakeOwnAction.Handle);
            widgets.MapPost("/messages/bulk/delete", RemoveMessages.Some).Answers(StatusCodes.Status200OK);
            widgets.MapDelete("/messages", RemoveMessages.All);
            widgets.MapDelete("/messages/{messageId}", RemoveMessages.One);

            widgets.MapGet("/preferences", ShowPreferences.Handle);
            widgets.MapGet("/preferences/{level}", ShowPreferences.OfLevel);
            widgets.MapPatch("/preferences", ChangePreference.OfAll);
            widgets.MapPatch("/preferences/{templateId}", ChangePreference.OfWorkflow);
        }
    }
}
