using System.Text.Json;
using Carillon.Data.Mapping;

namespace Carillon.Data.Workflows;

/// <summary>One save of a workflow, never changed afterwards, so that whatever is under way finishes as it began.</summary>
public sealed class WorkflowVersion : IEnvironmentOwned
{
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string WorkflowId { get; init; }
    public required string Identifier { get; init; }
    public required string Name { get; init; }
    public required bool Critical { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public required ChannelSwitches PreferenceSettings { get; init; }
    public required IReadOnlyList<WorkflowStep> Steps { get; init; }
    public required WorkflowTrigger Trigger { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What a run of this version goes through. Positions in runs, traces and messages count in this list.</summary>
    public IReadOnlyList<WorkflowStep> ActiveSteps => field ??= [.. Steps.Where(step => step.Active)];

    /// <summary>Where its runs can send anything, beside the steps so that lists need not read these.</summary>
    public StepChannels Channels
    {
        get => field == StepChannels.None ? field = StepChannelNames.Of(ActiveSteps.Select(step => step.Type)) : field;
        private set;
    }

    /// <summary>The layouts and feeds of its steps, whether they are active or not.</summary>
    public IReadOnlyList<string> UsedIds => field ??=
        [.. AllSteps.SelectMany(step => new[] { step.Template.FeedId, step.Template.LayoutId }).OfType<string>().Distinct()];

    /// <summary>Every step, with its variants behind it.</summary>
    public IEnumerable<WorkflowStep> AllSteps => Steps.SelectMany(step => step.Variants is { } variants ? [step, .. variants] : new[] { step });
}

/// <summary>One stage of a workflow. Its id is also the id of its template.</summary>
public sealed record WorkflowStep
{
    public required string Id { get; init; }
    public string? Uuid { get; init; }
    public string? Name { get; init; }
    public bool Active { get; init; } = true;
    public bool ShouldStopOnFail { get; init; }
    public JsonElement? Filters { get; init; }
    public JsonElement? Metadata { get; init; }
    public JsonElement? ReplyCallback { get; init; }
    public required StepTemplate Template { get; init; }
    public IReadOnlyList<WorkflowStep>? Variants { get; init; }

    /// <summary>The wire's name of the step's kind: <c>in_app</c>, <c>email</c>, <c>digest</c> …</summary>
    public string Type => Template.Type;
}

/// <summary>What a step says. Content is a string, or the e-mail editor's list of blocks.</summary>
public sealed record StepTemplate
{
    public required string Type { get; init; }
    public string? Name { get; init; }
    public JsonElement? Content { get; init; }
    public string? ContentType { get; init; }
    public string? Subject { get; init; }
    public string? Title { get; init; }
    public string? Preheader { get; init; }
    public string? SenderName { get; init; }
    public JsonElement? Variables { get; init; }
    public JsonElement? Cta { get; init; }
    public JsonElement? Actor { get; init; }
    public string? FeedId { get; init; }
    public string? LayoutId { get; init; }

    /// <summary>The template that this one was promoted from.</summary>
    public string? ParentId { get; init; }
    public string? CreatorId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What a caller must and may give when triggering, collected from the templates at save.</summary>
public sealed record WorkflowTrigger
{
    public required string Id { get; init; }
    public required string Identifier { get; init; }
    public IReadOnlyList<TriggerVariable> Variables { get; init; } = [];
    public IReadOnlyList<ReservedVariable> ReservedVariables { get; init; } = [];
    public IReadOnlyList<TriggerVariable> SubscriberVariables { get; init; } = [];
}

public sealed record TriggerVariable(string Id, string Name, string? Type = null);

/// <summary>An object the templates use, <c>tenant</c> or <c>actor</c>, which makes it mandatory.</summary>
public sealed record ReservedVariable(string Id, string Type, IReadOnlyList<TriggerVariable> Variables);
