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
            organizations.MapPatch("/", RenameOrganization.Handle).RequireOrganization();
            organizations.MapPut("/branding", SetBranding.Handle).RequireOrganization();

            organizations.MapGet("/members", ListMembers.Handle).RequireOrganization();
            organizations.MapDelete("/members/{memberId}", RemoveMember.Handle).RequireOrganization().RequireAdmin();
            organizations.MapPut("/members/{memberId}/roles", SetMemberRole.Handle).RequireOrganization().RequireAdmin().ExcludeFromDescription();
        }
    }
}
