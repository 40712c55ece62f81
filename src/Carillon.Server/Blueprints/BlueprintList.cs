using Carillon.Data;
using Carillon.Data.Environments;
using Carillon.Data.Workflows;
using Carillon.Server.Configuration;
using Carillon.Server.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Blueprints;

/// <summary>The workflows that the operator offers to everybody to begin with.</summary>
internal sealed class BlueprintList(CarillonDb db, CurrentEnvironment environment, BlueprintOptions options)
{
    /// <summary>Enters the environment that they are in; false where the operator offers none.</summary>
    public async Task<bool> EnterAsync(CancellationToken ct)
    {
        var id = await db.Environments
            .Where(found => found.OrganizationId == options.OrganizationId && found.Name == AppEnvironment.Production)
            .OrderBy(found => found.CreatedAt)
            .Select(found => found.Id)
            .FirstOrDefaultAsync(ct);
        if (id is null) return false;

        environment.Enter(id);
        return true;
    }

    public async Task<IReadOnlyList<WorkflowView>> ReadAsync(string? idOrIdentifier, CancellationToken ct)
    {
        var id = Ids.IsId(idOrIdentifier) ? idOrIdentifier!.ToLowerInvariant() : null;
        var found = await (
            from workflow in db.Workflows.AsNoTracking()
            where workflow.Active && (idOrIdentifier == null || (id != null ? workflow.Id == id : workflow.Identifier == idOrIdentifier))
            join version in db.WorkflowVersions.AsNoTracking() on workflow.VersionId equals version.Id
            join g in db.NotificationGroups.AsNoTracking() on workflow.NotificationGroupId equals g.Id into groups
            from g in groups.DefaultIfEmpty()
            orderby workflow.CreatedAt, workflow.Id
            select new { workflow, version, g }).ToListAsync(ct);
        return [.. found.Select(one => View(one.workflow, one.version, one.g))];
    }

    private static WorkflowView View(Workflow workflow, WorkflowVersion version, NotificationGroup? group) =>
        WorkflowView.Of(workflow, version) with { IsBlueprint = true, NotificationGroup = group is null ? null : GroupView.Of(group) };
}
