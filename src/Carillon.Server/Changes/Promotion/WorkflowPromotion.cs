using Carillon.Data;
using Carillon.Data.Outgoing;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Recording;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes.Promotion;

/// <summary>
/// Copies a workflow as it stands, as a new version there; what it needs and is not there yet comes with it. Runs under way there
/// finish as they began.
/// </summary>
internal sealed class WorkflowPromotion(CarillonDb db, GroupPromotion groups, StepPromotion steps, Ids ids, TimeProvider clock)
{
    public async Task<Problem?> ApplyAsync(string workflowId, Target target, Outbox outbox, CancellationToken ct)
    {
        var workflow = await db.Workflows.DeletedOrNot().SingleAsync(workflow => workflow.Id == workflowId, ct);
        var copy = await db.Workflows.Of(target).SingleOrDefaultAsync(copy => copy.ParentId == workflowId, ct);
        if (workflow.DeletedAt is not null) return copy is null ? null : await DeleteAsync(copy, workflow, outbox, ct);
        if (await groups.EnsureAsync(workflow.NotificationGroupId, target, ct) is not { } groupId)
        {
            return Problem.NotFound(
                $"Notification Group Id {workflow.NotificationGroupId} not found, Notification Template: {workflow.Name}");
        }

        if (await db.Workflows.Of(target).AnyAsync(other => other.Identifier == workflow.Identifier && other.ParentId != workflowId, ct))
            return Problem.BadRequest($"Workflow with identifier {workflow.Identifier} already exists");

        copy ??= Add(workflow, groupId, target);
        Write(workflow, copy, groupId);
        await FreezeAsync(workflow, copy, target, ct);
        await db.CopyPreferenceAsync(workflow, copy, target, ids.New(), ct);
        await TellAsync(outbox, copy, ct);
        await db.SaveChangesAsync(ct);
        return null;
    }

    private async Task<Problem?> DeleteAsync(Workflow copy, Workflow workflow, Outbox outbox, CancellationToken ct)
    {
        copy.DeletedAt = copy.UpdatedAt = clock.GetUtcNow();
        copy.DeletedBy = workflow.DeletedBy;
        await db.UseAsync(copy, [], ct);
        await TellAsync(outbox, copy, ct);
        await db.SaveChangesAsync(ct);
        return null;
    }

    private static Task TellAsync(Outbox outbox, Workflow copy, CancellationToken ct) => outbox.TellAsync(
        copy.EnvironmentId,
        EventTypes.WorkflowPublished,
        () => new { id = copy.Id, workflow = copy.Identifier, copy.Name, versionId = copy.VersionId, deleted = copy.DeletedAt is not null },
        ct);

    private Workflow Add(Workflow workflow, string groupId, Target target)
    {
        var now = clock.GetUtcNow();
        var copy = new Workflow
        {
            Id = ids.New(),
            EnvironmentId = target.EnvironmentId,
            OrganizationId = target.OrganizationId,
            CreatorId = workflow.CreatorId,
            ParentId = workflow.Id,
            NotificationGroupId = groupId,
            Name = workflow.Name,
            Identifier = workflow.Identifier,
            VersionId = "",
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(copy);
        return copy;
    }

    private void Write(Workflow workflow, Workflow copy, string groupId)
    {
        copy.NotificationGroupId = groupId;
        copy.Name = workflow.Name;
        copy.Identifier = workflow.Identifier;
        copy.Description = workflow.Description;
        copy.Active = workflow.Active;
        copy.Critical = workflow.Critical;
        copy.Tags = workflow.Tags;
        copy.PreferenceSettings = workflow.PreferenceSettings;
        copy.Data = workflow.Data;
        copy.BlueprintId = workflow.BlueprintId;
        copy.UpdatedAt = clock.GetUtcNow();
    }

    private async Task FreezeAsync(Workflow workflow, Workflow copy, Target target, CancellationToken ct)
    {
        var source = await db.WorkflowVersions.AsNoTracking().SingleAsync(version => version.Id == workflow.VersionId, ct);
        var known = await db.WorkflowVersions.Of(target).AsNoTracking().SingleOrDefaultAsync(version => version.Id == copy.VersionId, ct);
        var version = new WorkflowVersion
        {
            Id = ids.New(),
            EnvironmentId = copy.EnvironmentId,
            WorkflowId = copy.Id,
            Identifier = source.Identifier,
            Name = source.Name,
            Critical = source.Critical,
            Tags = source.Tags,
            PreferenceSettings = source.PreferenceSettings,
            Steps = await steps.CopyAsync(source.Steps, known, target, ct),
            Trigger = source.Trigger,
            CreatedAt = copy.UpdatedAt,
        };
        copy.VersionId = version.Id;
        db.Add(version);
        await db.UseAsync(copy, version.UsedIds, ct);
    }
}
