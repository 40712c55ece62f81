using Carillon.Data;
using Carillon.Data.Workflows;

namespace Carillon.Server.Workflows;

/// <summary>Freezes a workflow as it stands into a version, which is what runs are pinned to.</summary>
internal static class WorkflowChange
{
    /// <summary>Adds the version and points the workflow at it; both are saved together.</summary>
    public static WorkflowVersion Freeze(
        CarillonDb db, Workflow workflow, string versionId, IReadOnlyList<WorkflowStep> steps, WorkflowTrigger trigger)
    {
        var version = new WorkflowVersion
        {
            Id = versionId,
            EnvironmentId = workflow.EnvironmentId,
            WorkflowId = workflow.Id,
            Identifier = workflow.Identifier,
            Name = workflow.Name,
            Critical = workflow.Critical,
            Tags = workflow.Tags,
            PreferenceSettings = workflow.PreferenceSettings,
            Steps = steps,
            Trigger = trigger,
            CreatedAt = workflow.UpdatedAt,
        };
        workflow.VersionId = version.Id;
        db.Add(version);
        return version;
    }
}
