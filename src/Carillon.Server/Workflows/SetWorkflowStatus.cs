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
        MongoId templateId, Body<Request> body, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var (id, active, now) = (templateId.Text, body.Value.Active, clock.GetUtcNow());
        var switched = await db.Workflows.Where(workflow => workflow.Id == id && workflow.Active != active).ExecuteUpdateAsync(
            change => change.SetProperty(workflow => workflow.Active, active).SetProperty(workflow => workflow.UpdatedAt, now), ct);

        var found = await (
            from workflow in db.Workflows.AsNoTracking()
            where workflow.Id == id
            join version in db.WorkflowVersions.AsNoTracking() on workflow.VersionId equals version.Id
            select new { workflow, version }).SingleOrDefaultAsync(ct);
        if (found is null) return Problem.NotFound($"Template with id {id} not found");

        return switched == 0
            ? Problem.BadRequest("You must provide a different status from the current status")
            : Answer.Of(WorkflowView.Of(found.workflow, found.version));
    }
}
