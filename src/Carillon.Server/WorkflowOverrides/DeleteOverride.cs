using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.WorkflowOverrides;

internal static class DeleteOverride
{
    public static async Task<Results<Answer<bool>, Problem>> Handle(string overrideId, CarillonDb db, CancellationToken ct)
    {
        if (!Ids.IsId(overrideId)) return Problem.BadRequest(["_id must be a mongodb id"]);

        var id = overrideId.ToLowerInvariant();
        return await db.WorkflowOverrides.Where(one => one.Id == id).ExecuteDeleteAsync(ct) == 0
            ? Problem.NotFound($"Workflow Override with id {overrideId} not found")
            : Answer.Of(true);
    }
}
