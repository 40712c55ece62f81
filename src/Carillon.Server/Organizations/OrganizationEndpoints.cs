using Carillon.Server.Http.Access;

namespace Carillon.Server.Organizations;

/// <summary>Every route under /v1/organizations.</summary>
internal static class OrganizationEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapOrganizations()
        {
            var organizations = api.MapGroup("/organizations").WithTags("Organizations").RequireKeyOrUserInAnyEnvironment();

            organizations.MapGet("/", ListOrganizations.Handle);
            organizations.MapPost("/", CreateOrganization.Handle);
            organizations.MapGet("/me", GetMyOrganization.Handle);
        }
    }
}
