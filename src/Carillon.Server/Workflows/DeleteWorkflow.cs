using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Workflows;

/// <summary>Marks a workflow as deleted. Its versions stay: what is under way finishes, and what has been sent can be explained.</summary>
internal static class DeleteWorkflow
{
    public static async Task<Results<Answer<bool>, Problem>> Handle(
        MongoId templateId, Caller caller, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var (now, userId) = (clock.GetUtcNow(), caller.UserId);
        var deleted = await db.Workflows.Where(workflow => workflow.Id == templateId.Text).ExecuteUpdateAsync(
            change => change.SetProperty(workflow => workflow.DeletedAt, now).SetProperty(workflow => workflow.DeletedBy, userId), ct);

        return deleted == 0 ? Problem.BadRequest($"Could not find workflow with id {templateId}") : Answer.Of(true);
    }
}
