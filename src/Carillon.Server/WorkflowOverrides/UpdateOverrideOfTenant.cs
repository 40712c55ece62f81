using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.WorkflowOverrides;

internal static class UpdateOverrideOfTenant
{
    public static async Task<Results<Answer<OverrideView>, Problem>> Handle(
        MongoId workflowId, MongoId tenantId, Body<OverrideFields> body, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.MissingAsync(workflowId, tenantId, ct) is { } missing) return missing;

        return await UpdateOverride.SaveAsync(db.OverridesOf(workflowId, tenantId), body.Value, db, clock, ct) is { } saved
            ? Answer.Of(saved)
            : Problem.NotFound($"Workflow override with workflow id {workflowId}, tenant id {tenantId} not found");
    }
}
