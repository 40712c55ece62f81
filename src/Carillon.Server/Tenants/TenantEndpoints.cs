using Carillon.Server.Http.Access;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.Tenants;

/// <summary>Every route under /v1/tenants.</summary>
internal static class TenantEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapTenants()
        {
            var tenants = api.MapGroup("/tenants").WithTags("Tenants").RequireKeyOrUser().DrawsFrom(RateCategory.Configuration);

            tenants.MapGet("/", ListTenants.Handle);
            tenants.MapGet("/{identifier}", GetTenant.Handle);
            tenants.MapPost("/", CreateTenant.Handle);
            tenants.MapPatch("/{identifier}", UpdateTenant.Handle);
            tenants.MapDelete("/{identifier}", DeleteTenant.Handle);
        }
    }
}
