using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Layouts;

/// <summary>Every route under /v1/layouts.</summary>
internal static class LayoutEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddLayouts() => services
            .AddScoped<CreateLayout>()
            .AddScoped<DefaultSwitch>()
            .AddScoped<SetDefaultLayout>()
            .AddScoped<UpdateLayout>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapLayouts()
        {
            var layouts = api.MapGroup("/layouts").WithTags("Layouts").RequireKeyOrUser();

            layouts.MapPost("/", CreateLayout.Handle);
            layouts.MapGet("/", ListLayouts.Handle);
            layouts.MapGet("/{layoutId}", GetLayout.Handle);
            layouts.MapPatch("/{layoutId}", UpdateLayout.Handle);
            layouts.MapDelete("/{layoutId}", DeleteLayout.Handle);
            layouts.MapPost("/{layoutId}/default", SetDefaultLayout.Handle);
        }
    }
}
