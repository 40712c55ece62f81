using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.WorkflowOverrides;

internal static class GetOverride
{
    public static async Task<Results<Answer<OverrideView>, Problem>> Handle(MongoId overrideId, CarillonDb db, CancellationToken ct)
    {
        var found = await db.WorkflowOverrides.AsNoTracking().SingleOrDefaultAsync(one => one.Id == overrideId.Text, ct);
        return found is null ? Problem.NotFound($"Workflow Override with id {overrideId} not found") : Answer.Of(OverrideView.Of(found));
    }
}
