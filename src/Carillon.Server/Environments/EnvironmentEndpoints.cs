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
            environments.MapPost("/", CreateEnvironment.Handle)
                .RequireUserInAnyEnvironment().RequireOrganization().ExcludeFromDescription();
            environments.MapGet("/me", GetMyEnvironment.Handle);
            environments.MapPut("/{environmentId}", UpdateEnvironment.Handle)
                .RequireUserInAnyEnvironment().RequireOrganization().ExcludeFromDescription();

            // A key acts as an admin, so nobody else is shown one.
            environments.MapGet("/api-keys", ListApiKeys.Handle).RequireAdmin();
            environments.MapPost("/api-keys/regenerate", RegenerateApiKey.Handle).RequireUser().RequireAdmin();
            environments.MapDelete("/api-keys/{apiKeyId}", DeleteApiKey.Handle).RequireUser().RequireAdmin();
        }
    }
}
