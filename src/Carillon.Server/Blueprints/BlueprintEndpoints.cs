using Carillon.Server.Http;
using Carillon.Server.Http.Access;

namespace Carillon.Server.Blueprints;

/// <summary>Every route under /v1/blueprints.</summary>
internal static class BlueprintEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddBlueprints() => services.AddScoped<BlueprintList>();
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapBlueprints()
        {
            var blueprints = api.MapGroup("/blueprints").WithTags("Blueprints").Public("They are offered to everybody.").CacheControl("public, max-age=300");

            blueprints.MapGet("/group-by-category", GroupBlueprints.Handle);
            blueprints.MapGet("/{templateIdOrIdentifier}", GetBlueprint.Handle);
        }
    }
}
