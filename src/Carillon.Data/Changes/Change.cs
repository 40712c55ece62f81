using System.Text.Json;
using Carillon.Data.Mapping;

namespace Carillon.Data.Changes;

/// <summary>
/// That something is not, or was not, the same in the environment that this one is published to. While it is pending it follows
/// what it is about, so there is at most one for each thing; once applied it stands as history. What changed is not stored: it is
/// the difference between <see cref="State"/> and the state of the change before it.
/// </summary>
public sealed class Change : IEnvironmentOwned
{
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }
    public required string CreatorId { get; init; }

    /// <summary>One of <see cref="ChangeType"/>.</summary>
    public required string Type { get; init; }
    public required string EntityId { get; init; }

    /// <summary>The change that this one is applied with.</summary>
    public string? ParentId { get; set; }

    /// <summary>The change of the same thing that was applied last before this one.</summary>
    public string? PreviousId { get; init; }

    /// <summary>Whether it has been applied.</summary>
    public bool Enabled { get; set; }

    /// <summary>The thing as clients see it.</summary>
    public required JsonElement State { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
