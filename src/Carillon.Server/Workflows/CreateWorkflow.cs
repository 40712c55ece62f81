using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Workflows.Steps;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Workflows;

internal sealed class CreateWorkflow(CarillonDb db, StepWriter writer, WorkflowSave save, Ids ids, TimeProvider clock)
{
    public sealed record Request(string Name, string NotificationGroupId, IReadOnlyList<StepRequest> Steps) : IRequest<Request>
    {
        private const int LongestDescription = 1000;

        public string? Description { get; private init; }
        public bool Active { get; private init; }
        public bool Critical { get; private init; }
        public IReadOnlyList<string> Tags { get; private init; } = [];
        public ChannelSwitches PreferenceSettings { get; private init; } = new();
        public JsonElement? Data { get; private init; }
        public string? BlueprintId { get; private init; }
        public string? GroupName { get; private init; }

        public static Request Read(Fields fields)
        {
            var name = fields.RequiredString("name");
            var groupId = ReadGroupId(fields["notificationGroupId"]);
            var groupName = fields["notificationGroup"].Nested(group => group.OptionalString("name") ?? "");
            var steps = fields["steps"].Defined().Array().Items(StepRequest.Read);
            return new(name, groupId, steps)
            {
                Description = fields["description"].Optional().MaxLength(LongestDescription).String().TextOrNull,
                Active = fields.OptionalBool("active") ?? false,
                Critical = fields.OptionalBool("critical") ?? false,
                Tags = TagsRequest.Read(fields["tags"]) ?? [],
                PreferenceSettings = ChannelsRequest.Read(fields["preferenceSettings"]) ?? new(),
                Data = fields.OptionalObject("data"),
                BlueprintId = fields.OptionalString("blueprintId"),
                GroupName = groupName,
            };
        }

        // The contract's sentence ends with a space.
        private static string ReadGroupId(Field id) => id.IsNothing
            ? id.Must(false, "Notification group must be provided ").String().Text
            : id.String().MongoId().Text.ToLowerInvariant();
    }

    public static Task<Results<Answer<WorkflowView>, Problem>> Handle(
        Body<Request> body, Caller caller, CurrentEnvironment environment, CreateWorkflow create, CancellationToken ct) =>
        create.RunAsync(body.Value, caller, environment.Id, ct);

    private async Task<Results<Answer<WorkflowView>, Problem>> RunAsync(
        Request wanted, Caller caller, string environmentId, CancellationToken ct)
    {
        var fromBlueprint = !string.IsNullOrEmpty(wanted.BlueprintId);
        if (fromBlueprint && string.IsNullOrEmpty(wanted.GroupName)) return Problem.NotFound("Notification group was not provided");

        var slug = Slug.Of(wanted.Name);
        var isTaken = slug.Length == 0 || await db.Workflows.AnyAsync(workflow => workflow.Identifier == slug, ct);
        var identifier = isTaken ? Slug.WithSuffix(slug) : slug;

        while (true)
        {
            await using var creation = await db.Database.BeginTransactionAsync(ct);
            var written = await writer.CreateAsync(identifier, wanted.Steps, caller.UserId, ct);
            if (written.Problem is { } problem) return problem;

            var groupId = fromBlueprint ? await GroupAsync(wanted.GroupName!, caller, environmentId, ct) : wanted.NotificationGroupId;
            var workflow = Make(wanted, groupId, identifier, caller, environmentId);
            db.Add(workflow);
            var version = await save.FreezeAsync(workflow, written, ct);
            await save.AttachAsync(written.ChosenIds, await save.RecordAsync(workflow, version, version.AllSteps, [], ct), ct);
            try
            {
                await db.SaveChangesAsync(ct);
                await creation.CommitAsync(ct);
                return Answer.Of(WorkflowView.Of(workflow, version));
            }
            catch (DbUpdateException e) when (UniqueViolation.Is(e))
            {
                // Somebody took the name between our look and our save; a random one is nobody's.
                db.ChangeTracker.Clear();
                identifier = Slug.WithSuffix(slug);
            }
        }
    }

    private Workflow Make(Request wanted, string groupId, string identifier, Caller caller, string environmentId)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = ids.New(),
            EnvironmentId = environmentId,
            OrganizationId = caller.OrganizationId,
            CreatorId = caller.UserId,
            NotificationGroupId = groupId,
            Name = wanted.Name,
            Identifier = identifier,
            Description = wanted.Description,
            Active = wanted.Active,
            Critical = wanted.Critical,
            Tags = wanted.Tags,
            PreferenceSettings = wanted.PreferenceSettings,
            Data = wanted.Data,
            BlueprintId = wanted.BlueprintId,
            VersionId = "",
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private async Task<string> GroupAsync(string name, Caller caller, string environmentId, CancellationToken ct)
    {
        var known = await db.NotificationGroups.FirstOrDefaultAsync(group => group.Name == name, ct);
        if (known is not null) return known.Id;

        var now = clock.GetUtcNow();
        var made = new NotificationGroup
        {
            Id = ids.New(),
            EnvironmentId = environmentId,
            OrganizationId = caller.OrganizationId,
            Name = name,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(made);
        return made.Id;
    }
}
