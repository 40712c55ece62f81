using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Tenants;

internal static class GetTenant
{
    public static async Task<Results<Answer<TenantView>, Problem>> Handle(
        string identifier, CurrentEnvironment environment, CarillonDb db, CancellationToken ct)
    {
        var tenant = await db.Tenants.AsNoTracking().SingleOrDefaultAsync(tenant => tenant.Identifier == identifier, ct);
        return tenant is null ? TenantView.NotFound(identifier, environment.Id) : Answer.Of(TenantView.Of(tenant));
    }
}
