using Carillon.Data;
using Carillon.Data.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Workflows;

internal static class HeldWorkflow
{
    extension(CarillonDb db)
    {
        /// <summary>The workflow, kept from other writers until the transaction is over; null when there is none.</summary>
        public async Task<Workflow?> HoldWorkflowAsync(string id, CancellationToken ct)
        {
            // Writing the row, even with what it holds, makes the next writer wait.
            var held = await db.Workflows.Where(workflow => workflow.Id == id)
                .ExecuteUpdateAsync(row => row.SetProperty(workflow => workflow.Active, workflow => workflow.Active), ct);
            return held == 0 ? null : await db.Workflows.SingleOrDefaultAsync(workflow => workflow.Id == id, ct);
        }
    }
}
