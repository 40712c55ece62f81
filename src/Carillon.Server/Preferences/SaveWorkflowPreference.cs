using Carillon.Data;
using Carillon.Data.Preferences;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Preferences;

/// <summary>Decides about a workflow anew, as a whole: a channel that is not named is what the workflow is.</summary>
internal sealed class SaveWorkflowPreference(CarillonDb db, CurrentEnvironment environment, Caller caller, Ids ids, TimeProvider clock)
{
    public sealed record Request(string WorkflowId, bool Enabled, bool ReadOnly, ChannelSwitches Channels) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var workflowId = fields["workflowId"].String().Text.ToLowerInvariant();
            var said = fields["preferences"].Nested(preferences => ReadAll(workflowId, preferences));
            return said ?? new(workflowId, Enabled: true, ReadOnly: false, new());
        }

        // Both names are in use for the part that is about the whole.
        private static Request ReadAll(string workflowId, Fields preferences)
        {
            var whole = preferences["workflow"].Nested(Whole.Read) ?? preferences["all"].Nested(Whole.Read) ?? new(true, false);
            var channels = preferences["channels"].Nested(all => new ChannelSwitches(
                One(all, "email", whole.Enabled), One(all, "sms", whole.Enabled), One(all, "in_app", whole.Enabled),
                One(all, "chat", whole.Enabled), One(all, "push", whole.Enabled)));
            return new(workflowId, whole.Enabled, whole.ReadOnly, channels ?? ChannelSwitches.Everywhere(whole.Enabled));
        }

        private static bool One(Fields channels, string name, bool otherwise) =>
            channels[name].Nested(channel => new Single(channel.OptionalBool("enabled")))?.Enabled ?? otherwise;

        private sealed record Single(bool? Enabled);

        private sealed record Whole(bool Enabled, bool ReadOnly)
        {
            public static Whole Read(Fields fields) => new(fields.OptionalBool("enabled") ?? true, fields.OptionalBool("readOnly") ?? false);
        }
    }

    public static Task<Results<Answer<WorkflowPreferenceRow>, Problem>> Handle(
        Body<Request> body, SaveWorkflowPreference operation, CarillonDb db, CancellationToken ct) =>
        db.RetryLostRacesAsync(() => operation.RunAsync(body.Value, ct));

    private async Task<Results<Answer<WorkflowPreferenceRow>, Problem>> RunAsync(Request wanted, CancellationToken ct)
    {
        if (!await db.Workflows.AnyAsync(workflow => workflow.Id == wanted.WorkflowId, ct))
            return Problem.NotFound($"Workflow with id: {wanted.WorkflowId} is not found");

        var decided = await db.WorkflowPreferences.SingleOrDefaultAsync(one => one.WorkflowId == wanted.WorkflowId, ct) ?? Add(wanted);
        decided.UserId = caller.UserId;
        decided.Enabled = wanted.Enabled;
        decided.ReadOnly = wanted.ReadOnly;
        decided.Channels = wanted.Channels;
        decided.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(WorkflowPreferenceRow.Of(decided));
    }

    private WorkflowPreference Add(Request wanted)
    {
        var now = clock.GetUtcNow();
        var made = new WorkflowPreference
        {
            Id = ids.New(),
            EnvironmentId = environment.Id,
            OrganizationId = caller.OrganizationId,
            UserId = caller.UserId,
            WorkflowId = wanted.WorkflowId,
            Channels = wanted.Channels,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(made);
        return made;
    }
}
