using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Http.Access;

/// <summary>
/// Lets a request through to its route when it brought what the route needs, and sets for whom and for which environment it
/// acts. From here on nothing can reach across environments.
/// </summary>
internal sealed class AccessCheck(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Authentication authentication, Caller caller, CurrentEnvironment environment)
    {
        var route = context.GetEndpoint() ?? throw new InvalidOperationException("No route was chosen before access was checked.");
        var access = route.Metadata.GetMetadata<AccessRule>()
            ?? throw new InvalidOperationException($"The route {route.DisplayName} does not declare who may use it.");

        if (access.Credentials != Credentials.None)
        {
            var (identity, refused) = await authentication.IdentifyAsync(context.Request, access, context.RequestAborted);
            refused ??= Refusal(route.Metadata, identity!);
            if (refused is not null)
            {
                await refused.ExecuteAsync(context);
                return;
            }

            caller.Become(identity!);
            if (identity!.EnvironmentId is { } id) environment.Enter(id);
        }

        await next(context);
    }

    private static Problem? Refusal(EndpointMetadataCollection route, Identity identity)
    {
        if (route.GetMetadata<InOrganizationOnly>() is not null && identity.OrganizationId is null)
            return Problem.BadRequest(["organizationId should not be empty"]);
        if (route.GetMetadata<AdminOnly>() is not null && !identity.Roles.Contains(Member.Admin))
            return Problem.Forbidden("Forbidden resource");
        if (route.GetMetadata<DevelopmentOnly>() is not null && !identity.IsDevelopment)
            return Problem.Unauthorized("This action is only allowed in Development environment");
        return null;
    }
}
