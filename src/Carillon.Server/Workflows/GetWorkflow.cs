using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Workflows;

internal static class GetWorkflow
{
    public static async Task<Results<Answer<WorkflowView>, Problem>> Handle(string idOrIdentifier, CarillonDb db, CancellationToken ct)
    {
        var id = Ids.IsId(idOrIdentifier) ? idOrIdentifier.ToLowerInvariant() : null;
        var found = await (
            from workflow in db.Workflows.AsNoTracking()
            where id != null ? workflow.Id == id : workflow.Identifier == idOrIdentifier
            join version in db.WorkflowVersions.AsNoTracking() on workflow.VersionId equals version.Id
            select new { workflow, version }).SingleOrDefaultAsync(ct);

        return found is null
            ? Problem.NotFound($"Template with id {idOrIdentifier} not found")
            : Answer.Of(WorkflowView.Of(found.workflow, found.version));
    }
}
