using Carillon.Data;
using Carillon.Data.Workflows;
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
        MongoId templateId, Caller caller, CarillonDb db, WorkflowSave save, TimeProvider clock, CancellationToken ct)
    {
        await using var deletion = await db.Database.BeginTransactionAsync(ct);
        if (await db.HoldWorkflowAsync(templateId, ct) is not { } workflow)
            return Problem.BadRequest($"Could not find workflow with id {templateId}");

        var version = await db.WorkflowVersions.AsNoTracking().SingleAsync(version => version.Id == workflow.VersionId, ct);
        workflow.DeletedAt = workflow.UpdatedAt = clock.GetUtcNow();
        workflow.DeletedBy = caller.UserId;
        await db.UseAsync(workflow, [], ct);
        await save.RecordAsync(workflow, version, [], version.AllSteps, ct);
        await db.SaveChangesAsync(ct);
        await deletion.CommitAsync(ct);
        return Answer.Of(true);
    }
}
