using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.WorkflowOverrides;

internal static class GetOverrideOfTenant
{
    public static async Task<Results<Answer<OverrideView>, Problem>> Handle(
        MongoId workflowId, MongoId tenantId, CarillonDb db, CancellationToken ct)
    {
        var found = await db.OverridesOf(workflowId, tenantId).AsNoTracking().FirstOrDefaultAsync(ct);
        return found is null
            ? Problem.NotFound($"Workflow Override with workflow id {workflowId}, tenant id {tenantId} not found")
            : Answer.Of(OverrideView.Of(found));
    }
}
