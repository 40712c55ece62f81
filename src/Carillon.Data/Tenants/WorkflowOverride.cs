using Carillon.Data.Mapping;
using Carillon.Data.Workflows;

namespace Carillon.Data.Tenants;

/// <summary>
/// What one tenant's events do to a workflow: whether it is active for them, and which channels it has. Of several for one pair
/// the oldest counts.
/// </summary>
public sealed class WorkflowOverride : IEnvironmentOwned
{
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }
    public required string WorkflowId { get; init; }
    public required string TenantId { get; init; }
    public bool Active { get; set; }
    public ChannelSwitches PreferenceSettings { get; set; } = new();
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
