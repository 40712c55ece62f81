using Carillon.Data.Mapping;

namespace Carillon.Data.Feeds;

/// <summary>A part of the inbox that messages can be put into. Its name is also its identifier, so it never changes.</summary>
public sealed class Feed : IEnvironmentOwned, ISoftDeleted
{
    /// <summary>What an index entry of PostgreSQL holds, whatever the script.</summary>
    public const int LongestName = 512;

    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }

    /// <summary>The feed that this one was promoted from.</summary>
    public string? ParentId { get; set; }

    /// <summary>Unique per environment among feeds that are not deleted.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
}
