using Carillon.Server.Http.Access;

namespace Carillon.Server.Environments;

/// <summary>Every route under /v1/environments.</summary>
internal static class EnvironmentEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapEnvironments()
        {
            var environments = api.MapGroup("/environments").WithTags("Environments").RequireKeyOrUser();

            environments.MapGet("/", ListEnvironments.Handle).RequireKeyOrUserInAnyEnvironment();
            environments.MapGet("/me", GetMyEnvironment.Handle);
            environments.MapGet("/api-keys", ListApiKeys.Handle);
            environments.MapPost("/api-keys/regenerate", RegenerateApiKey.Handle).RequireUser().RequireAdmin();
        }
    }
}
