using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Workflows;

/// <summary>Switches a workflow on or off. Triggers are refused while it is off; it stays the version it is.</summary>
internal static class SetWorkflowStatus
{
    public sealed record Request(bool Active) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.RequiredBool("active"));
    }

    public static async Task<Results<Answer<WorkflowView>, Problem>> Handle(
        MongoId templateId, Body<Request> body, CarillonDb db, WorkflowSave save, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        if (await db.HoldWorkflowAsync(templateId, ct) is not { } workflow) return Problem.NotFound($"Template with id {templateId} not found");
        if (workflow.Active == body.Value.Active) return Problem.BadRequest("You must provide a different status from the current status");

        var version = await db.WorkflowVersions.AsNoTracking().SingleAsync(version => version.Id == workflow.VersionId, ct);
        workflow.Active = body.Value.Active;
        workflow.UpdatedAt = clock.GetUtcNow();
        await save.RecordAsync(workflow, version, [], [], ct);
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return Answer.Of(WorkflowView.Of(workflow, version));
    }
}
