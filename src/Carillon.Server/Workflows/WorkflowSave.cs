using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Recording;
using Carillon.Server.Workflows.Steps;

namespace Carillon.Server.Workflows;

/// <summary>What every save of a workflow leaves behind it besides its row: a version, what that uses, and the change to publish.</summary>
internal sealed class WorkflowSave(CarillonDb db, ChangeLog changes, Ids ids)
{
    private static readonly string[] Attached = [ChangeType.Feed, ChangeType.Layout];

    /// <summary>Freezes a workflow as it stands into a version, which is what runs are pinned to. The caller saves it.</summary>
    public async Task<WorkflowVersion> FreezeAsync(Workflow workflow, WrittenSteps written, CancellationToken ct)
    {
        var version = new WorkflowVersion
        {
            Id = ids.New(),
            EnvironmentId = workflow.EnvironmentId,
            WorkflowId = workflow.Id,
            Identifier = workflow.Identifier,
            Name = workflow.Name,
            Critical = workflow.Critical,
            Tags = workflow.Tags,
            PreferenceSettings = workflow.PreferenceSettings,
            Steps = written.Steps,
            Trigger = written.Trigger,
            CreatedAt = workflow.UpdatedAt,
        };
        workflow.VersionId = version.Id;
        db.Add(version);
        await db.UseAsync(workflow, version.UsedIds, ct);
        return version;
    }

    /// <summary>Notes the workflow's change and with it those of its steps that were written; <paramref name="gone"/> are in it no more.</summary>
    public async Task<Change> RecordAsync(
        Workflow workflow, WorkflowVersion version, IEnumerable<WorkflowStep> written, IEnumerable<WorkflowStep> gone, CancellationToken ct) =>
        await changes.RecordAsync(
            new Note(ChangeType.Workflow, workflow.Id, WorkflowView.InChange(workflow, version)),
            [
                .. written.Select(step => NoteOf(TemplateView.Of(step, workflow))),
                .. gone.Select(step => NoteOf(TemplateView.Of(step, workflow) with { DeletedAt = workflow.UpdatedAt })),
            ],
            ct);

    /// <summary>What was chosen for the workflow, and waits itself, is published with it.</summary>
    public Task AttachAsync(IReadOnlyList<string> chosenIds, Change change, CancellationToken ct) => changes.AttachAsync(chosenIds, Attached, change, ct);

    private static Note NoteOf(TemplateView template) => new(ChangeType.Template, template.Id, template);
}
