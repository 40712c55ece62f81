using Carillon.Data;
using Carillon.Data.Preferences;
using Carillon.Data.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes.Promotion;

/// <summary>What the team decided about a workflow goes where the workflow goes, and is taken back there where it was taken back.</summary>
internal static class PreferencePromotion
{
    extension(CarillonDb db)
    {
        /// <summary>With the id for it if it is not there yet. Saving is the caller's.</summary>
        public async Task CopyPreferenceAsync(Workflow workflow, Workflow copy, Target target, string freshId, CancellationToken ct)
        {
            var decided = await db.WorkflowPreferences.AsNoTracking().SingleOrDefaultAsync(one => one.WorkflowId == workflow.Id, ct);
            var known = await db.WorkflowPreferences.Of(target).SingleOrDefaultAsync(one => one.WorkflowId == copy.Id, ct);
            if (decided is null)
            {
                if (known is not null) db.Remove(known);
                return;
            }

            if (known is null) db.Add(known = Made(decided, copy, freshId));
            known.UserId = decided.UserId;
            known.Enabled = decided.Enabled;
            known.ReadOnly = decided.ReadOnly;
            known.Channels = decided.Channels;
            known.UpdatedAt = copy.UpdatedAt;
        }
    }

    private static WorkflowPreference Made(WorkflowPreference decided, Workflow copy, string id) => new()
    {
        Id = id,
        EnvironmentId = copy.EnvironmentId,
        OrganizationId = copy.OrganizationId,
        UserId = decided.UserId,
        WorkflowId = copy.Id,
        Channels = decided.Channels,
        CreatedAt = copy.UpdatedAt,
        UpdatedAt = copy.UpdatedAt,
    };
}
