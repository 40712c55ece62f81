using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Views;
using Carillon.Server.Workflows.Steps;

namespace Carillon.Server.Workflows;

/// <summary>A workflow as clients see it: on its own with everything in it, in lists much shortened.</summary>
internal sealed record WorkflowView
{
    public required ChannelsView PreferenceSettings { get; init; }

    [JsonPropertyName("_id")]
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public required bool Active { get; init; }
    public string Type { get; } = "REGULAR";
    public bool Draft => !Active;
    public required bool Critical { get; init; }
    public bool IsBlueprint { get; }
    public string? BlueprintId { get; init; }

    [JsonPropertyName("_notificationGroupId")]
    public required string NotificationGroupId { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public required IReadOnlyList<TriggerView> Triggers { get; init; }
    public required IReadOnlyList<StepView> Steps { get; init; }

    /// <summary>Where it was made; what was promoted was made elsewhere.</summary>
    public string? Origin => ParentId is null ? "novu-cloud" : null;

    [JsonPropertyName("_environmentId")]
    public required string EnvironmentId { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }

    [JsonPropertyName("_creatorId")]
    public required string CreatorId { get; init; }

    [JsonPropertyName("_parentId")]
    public string? ParentId { get; init; }
    public JsonElement? Data { get; init; }
    public bool Deleted => DeletedAt is not null;
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int Revision { get; }
    public DateTimeOffset? DeletedAt { get; init; }

    [JsonPropertyName("id")]
    public string? SecondId { get; private init; }
    public GroupView? NotificationGroup { get; init; }
    public ChannelReadiness? WorkflowIntegrationStatus { get; init; }

    public static WorkflowView Of(Workflow workflow, WorkflowVersion version) => Bare(workflow) with
    {
        SecondId = workflow.Id,
        Triggers = [TriggerView.Of(version.Trigger)],
        Steps = StepView.ListOf(version.Steps, workflow),
    };

    /// <summary>As changes keep it.</summary>
    public static WorkflowView InChange(Workflow workflow, WorkflowVersion version) => Of(workflow, version) with
    {
        Steps = StepView.InChange(version.Steps, workflow),
    };

    /// <summary>As lists show it: without second ids, and steps without what they say.</summary>
    public static WorkflowView InList(Workflow workflow, WorkflowVersion version) => Bare(workflow) with
    {
        Triggers = [TriggerView.InList(version.Trigger)],
        Steps = StepView.ShortListOf(version.Steps),
    };

    private static WorkflowView Bare(Workflow workflow) => new()
    {
        Id = workflow.Id,
        Name = workflow.Name,
        Description = workflow.Description,
        Active = workflow.Active,
        Critical = workflow.Critical,
        BlueprintId = workflow.BlueprintId,
        NotificationGroupId = workflow.NotificationGroupId,
        Tags = workflow.Tags,
        Triggers = [],
        Steps = [],
        PreferenceSettings = ChannelsView.Of(workflow.PreferenceSettings),
        EnvironmentId = workflow.EnvironmentId,
        OrganizationId = workflow.OrganizationId,
        CreatorId = workflow.CreatorId,
        ParentId = workflow.ParentId,
        Data = workflow.Data,
        CreatedAt = workflow.CreatedAt,
        UpdatedAt = workflow.UpdatedAt,
        DeletedAt = workflow.DeletedAt,
    };
}

internal sealed record ChannelsView(bool Email, bool Sms, [property: JsonPropertyName("in_app")] bool InApp, bool Chat, bool Push)
{
    public static ChannelsView Of(ChannelSwitches on) => new(on.Email, on.Sms, on.InApp, on.Chat, on.Push);
}
