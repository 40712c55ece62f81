using Carillon.Data.Mapping;
using Carillon.Data.Workflows;

namespace Carillon.Data.Preferences;

/// <summary>What the team decided about one workflow, over its own settings. It holds for runs under way, too.</summary>
public sealed class WorkflowPreference : IEnvironmentOwned
{
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }
    public required string UserId { get; set; }
    public required string WorkflowId { get; init; }

    /// <summary>Subscribers have no say.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>What a channel is that nothing was said about.</summary>
    public bool Enabled { get; set; }
    public required ChannelSwitches Channels { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
