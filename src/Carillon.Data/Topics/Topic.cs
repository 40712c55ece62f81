using Carillon.Data.Mapping;

namespace Carillon.Data.Topics;

public sealed class Topic : IEnvironmentOwned
{
    /// <summary>What an index entry of PostgreSQL holds, whatever the script.</summary>
    public const int LongestKey = 512;

    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }
    public required string Key { get; init; }
    public required string Name { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
