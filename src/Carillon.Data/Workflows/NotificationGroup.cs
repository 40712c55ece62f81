using Carillon.Data.Mapping;

namespace Carillon.Data.Workflows;

public sealed class NotificationGroup : IEnvironmentOwned
{
    public const string General = "General";

    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }
    public required string Name { get; set; }
    public string? ParentId { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
