using Carillon.Server.Http;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.Health;

internal static class HealthEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapHealth() =>
            api.MapGet("/health-check", CheckHealth.Handle)
                .Public("Load balancers ask without credentials.")
                .AtAnyRate()
                .CacheControl("no-cache, no-store, must-revalidate")
                .WithTags("Health")
                .ExcludeFromDescription();

        /// <summary>Beside the API, because every process has it, whatever it does.</summary>
        public void MapReadiness() =>
            api.MapGet("/health/ready", CheckReadiness.Handle)
                .Public("Load balancers ask without credentials.")
                .AtAnyRate()
                .CacheControl("no-store")
                .ExcludeFromDescription();
    }
}
