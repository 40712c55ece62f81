using Carillon.Data;
using Carillon.Data.Tenants;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.WorkflowOverrides;

/// <summary>Overrides by the workflow and the tenant that they are about.</summary>
internal static class OverridePairs
{
    extension(CarillonDb db)
    {
        /// <summary>Of several the oldest.</summary>
        public IQueryable<WorkflowOverride> OverridesOf(string workflowId, string tenantId) => db.WorkflowOverrides
            .Where(one => one.WorkflowId == workflowId && one.TenantId == tenantId)
            .OrderBy(one => one.CreatedAt).ThenBy(one => one.Id);

        /// <summary>Which of the two is not there.</summary>
        public async Task<Problem?> MissingAsync(string workflowId, string tenantId, CancellationToken ct)
        {
            if (!await db.Tenants.AnyAsync(tenant => tenant.Id == tenantId, ct)) return Problem.NotFound($"Tenant with id {tenantId} is not found");

            return await db.Workflows.AnyAsync(workflow => workflow.Id == workflowId, ct)
                ? null
                : Problem.NotFound($"Workflow with id {workflowId} is not found");
        }
    }
}
