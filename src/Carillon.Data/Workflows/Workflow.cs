using System.Text.Json;
using Carillon.Data.Mapping;

namespace Carillon.Data.Workflows;

/// <summary>
/// The blueprint as it stands today. What a run executes is the immutable <see cref="WorkflowVersion"/> it was pinned to;
/// <see cref="VersionId"/> names the newest.
/// </summary>
public sealed class Workflow : IEnvironmentOwned, ISoftDeleted
{
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }
    public required string CreatorId { get; init; }
    public string? ParentId { get; set; }
    public required string NotificationGroupId { get; set; }
    public required string Name { get; set; }

    /// <summary>The trigger identifier; unique per environment among workflows that are not deleted.</summary>
    public required string Identifier { get; set; }

    public string? Description { get; set; }
    public bool Active { get; set; }
    public bool Critical { get; set; }
    public IReadOnlyList<string> Tags { get; set; } = [];
    public ChannelSwitches PreferenceSettings { get; set; } = new();
    public JsonElement? Data { get; set; }
    public string? BlueprintId { get; set; }
    public required string VersionId { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public string? DeletedBy { get; set; }
}

/// <summary>A yes or no for each channel.</summary>
public sealed record ChannelSwitches(bool Email = true, bool Sms = true, bool InApp = true, bool Chat = true, bool Push = true)
{
    /// <summary>Every channel, in the contract's order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["email", "sms", "in_app", "chat", "push"];

    public static ChannelSwitches Everywhere(bool enabled) => new(enabled, enabled, enabled, enabled, enabled);

    public bool Allows(string channel) => channel switch
    {
        "email" => Email,
        "sms" => Sms,
        "in_app" => InApp,
        "chat" => Chat,
        "push" => Push,
        _ => true,
    };
}
