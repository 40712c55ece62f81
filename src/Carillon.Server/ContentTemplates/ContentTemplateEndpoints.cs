using Carillon.Server.Http.Access;

namespace Carillon.Server.ContentTemplates;

/// <summary>Every route under /v1/content-templates: what a step would say, shown while it is being written.</summary>
internal static class ContentTemplateEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddContentTemplates() => services.AddScoped<PreviewWords>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapContentTemplates()
        {
            var previews = api.MapGroup("/content-templates/preview").WithTags("Content templates").ExcludeFromDescription().RequireUser();

            previews.MapPost("/email", PreviewEmail.Handle);
            previews.MapPost("/in-app", PreviewInApp.Handle);
            previews.MapPost("/sms", PreviewText.Handle);
            previews.MapPost("/chat", PreviewText.Handle);
            previews.MapPost("/push", PreviewPush.Handle);
        }
    }
}
