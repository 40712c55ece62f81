using Microsoft.EntityFrameworkCore;

namespace Carillon.Data.Workflows;

public static class WorkflowUses
{
    extension(CarillonDb db)
    {
        /// <summary>From now on a workflow uses these layouts and feeds, and no others. The caller saves it.</summary>
        public async Task UseAsync(Workflow workflow, IReadOnlyList<string> usedIds, CancellationToken ct)
        {
            // By the workflow's id alone, which may be of another environment: one that is published to.
            var known = await db.WorkflowUses.IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
                .Where(use => use.WorkflowId == workflow.Id)
                .ToListAsync(ct);
            db.RemoveRange(known.Where(use => !usedIds.Contains(use.UsedId)));
            db.AddRange(usedIds.Except(known.Select(use => use.UsedId)).Select(usedId => new WorkflowUse
            {
                WorkflowId = workflow.Id,
                UsedId = usedId,
                EnvironmentId = workflow.EnvironmentId,
            }));
        }
    }
}
