using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Tenants;

/// <summary>Removes a tenant, and with it what it changed in workflows.</summary>
internal static class DeleteTenant
{
    public static async Task<Results<NoContent, Problem>> Handle(
        string identifier, CurrentEnvironment environment, CarillonDb db, CancellationToken ct)
    {
        await using var deletion = await db.Database.BeginTransactionAsync(ct);
        var tenantId = await db.Tenants.Where(tenant => tenant.Identifier == identifier).Select(tenant => tenant.Id).SingleOrDefaultAsync(ct);
        if (await db.Tenants.Where(tenant => tenant.Id == tenantId).ExecuteDeleteAsync(ct) == 0)
            return TenantView.NotFound(identifier, environment.Id);

        await db.WorkflowOverrides.Where(one => one.TenantId == tenantId).ExecuteDeleteAsync(ct);
        await deletion.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
