using Carillon.Data;
using Carillon.Data.Preferences;
using Carillon.Data.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes.Promotion;

/// <summary>What the team decided about a workflow goes where the workflow goes, and is taken back there where it was taken back.</summary>
internal sealed class PreferencePromotion(CarillonDb db, Ids ids, TimeProvider clock)
{
    public async Task CopyAsync(Workflow workflow, Workflow copy, Target target, CancellationToken ct)
    {
        var decided = await db.WorkflowPreferences.AsNoTracking().SingleOrDefaultAsync(one => one.WorkflowId == workflow.Id, ct);
        var known = await db.WorkflowPreferences.Of(target).SingleOrDefaultAsync(one => one.WorkflowId == copy.Id, ct);
        if (decided is null && known is not null) db.Remove(known);
        if (decided is null) return;

        known ??= Add(decided, copy);
        known.UserId = decided.UserId;
        known.Enabled = decided.Enabled;
        known.ReadOnly = decided.ReadOnly;
        known.Channels = decided.Channels;
        known.UpdatedAt = clock.GetUtcNow();
    }

    private WorkflowPreference Add(WorkflowPreference decided, Workflow copy)
    {
        var now = clock.GetUtcNow();
        var made = new WorkflowPreference
        {
            Id = ids.New(),
            EnvironmentId = copy.EnvironmentId,
            OrganizationId = copy.OrganizationId,
            UserId = decided.UserId,
            WorkflowId = copy.Id,
            Channels = decided.Channels,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(made);
        return made;
    }
}
