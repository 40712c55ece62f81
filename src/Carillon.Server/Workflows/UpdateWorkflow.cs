using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Workflows.Steps;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Workflows;

/// <summary>Changes what is sent and leaves the rest, as a new version. Writers take turns, so that none undoes another's change.</summary>
internal sealed class UpdateWorkflow(CarillonDb db, StepWriter writer, WorkflowSave save, TimeProvider clock)
{
    public sealed record Request : IRequest<Request>
    {
        private const int LongestDescription = 300;

        public string? Name { get; private init; }
        public IReadOnlyList<string>? Tags { get; private init; }
        public string? Description { get; private init; }
        public string? Identifier { get; private init; }
        public bool? Critical { get; private init; }
        public ChannelSwitches? PreferenceSettings { get; private init; }
        public IReadOnlyList<StepRequest>? Steps { get; private init; }
        public string? NotificationGroupId { get; private init; }
        public JsonElement? Data { get; private init; }

        public bool IsEmpty => this == new Request();

        public static Request Read(Fields fields) => new()
        {
            Name = fields.OptionalString("name"),
            Tags = TagsRequest.Read(fields["tags"]),
            Description = fields["description"].Optional().MaxLength(LongestDescription).String().TextOrNull,
            Identifier = fields["identifier"].Optional().String().MaxLength(Slug.MaxLength).TextOrNull is { Length: > 0 } identifier ? identifier : null,
            Critical = fields.OptionalBool("critical"),
            PreferenceSettings = ChannelsRequest.Read(fields["preferenceSettings"]),
            Steps = fields["steps"].IsNothing ? null : fields["steps"].Array().Items(StepRequest.Read),
            NotificationGroupId = fields.OptionalMongoId("notificationGroupId")?.ToLowerInvariant(),
            Data = fields.OptionalObject("data"),
        };
    }

    public static Task<Results<Answer<WorkflowView>, Problem>> Handle(
        MongoId id, Body<Request> body, Caller caller, UpdateWorkflow update, CancellationToken ct) =>
        update.RunAsync(id, body.Value, caller, ct);

    private async Task<Results<Answer<WorkflowView>, Problem>> RunAsync(string id, Request wanted, Caller caller, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        if (await db.HoldWorkflowAsync(id, ct) is not { } workflow) return Problem.NotFound($"Notification template with id {id} not found");
        if (wanted.IsEmpty) return Problem.BadRequest("No properties found for update");

        var known = await db.WorkflowVersions.AsNoTracking().SingleAsync(version => version.Id == workflow.VersionId, ct);
        var written = await WriteAsync(wanted, workflow, known, caller, ct);
        if (written.Problem is { } problem) return problem;

        Apply(wanted, workflow);
        var version = await save.FreezeAsync(workflow, written, ct);
        await save.AttachAsync(written.ChosenIds, await RecordAsync(workflow, known, version, ct), ct);
        try
        {
            await db.SaveChangesAsync(ct);
            await change.CommitAsync(ct);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            return Problem.BadRequest($"Workflow with identifier {workflow.Identifier} already exists");
        }

        return Answer.Of(WorkflowView.Of(workflow, version));
    }

    private async Task<WrittenSteps> WriteAsync(
        Request wanted, Workflow workflow, WorkflowVersion known, Caller caller, CancellationToken ct)
    {
        var identifier = wanted.Identifier ?? workflow.Identifier;
        return wanted.Steps is { } steps
            ? await writer.ReplaceAsync(known, identifier, steps, caller.UserId, ct)
            : new(known.Steps, known.Trigger with { Identifier = identifier });
    }

    // Where no steps were sent they are the same as before, and so nothing of theirs is noted.
    private Task<Change> RecordAsync(Workflow workflow, WorkflowVersion known, WorkflowVersion version, CancellationToken ct)
    {
        var kept = version.AllSteps.Select(step => step.Id).ToHashSet();
        var written = ReferenceEquals(version.Steps, known.Steps) ? [] : version.AllSteps;
        return save.RecordAsync(workflow, version, written, known.AllSteps.Where(step => !kept.Contains(step.Id)), ct);
    }

    private void Apply(Request wanted, Workflow workflow)
    {
        workflow.Name = wanted.Name ?? workflow.Name;
        workflow.Tags = wanted.Tags ?? workflow.Tags;
        workflow.Description = wanted.Description ?? workflow.Description;
        workflow.Identifier = wanted.Identifier ?? workflow.Identifier;
        workflow.Critical = wanted.Critical ?? workflow.Critical;
        workflow.PreferenceSettings = wanted.PreferenceSettings ?? workflow.PreferenceSettings;
        workflow.NotificationGroupId = wanted.NotificationGroupId ?? workflow.NotificationGroupId;
        workflow.Data = wanted.Data ?? workflow.Data;
        workflow.UpdatedAt = clock.GetUtcNow();
    }
}
