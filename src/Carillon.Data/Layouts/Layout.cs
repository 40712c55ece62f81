using System.Text.Json;
using Carillon.Data.Mapping;

namespace Carillon.Data.Layouts;

/// <summary>What surrounds the words of a mail. Each environment has one that is the default, and never none.</summary>
public sealed class Layout : IEnvironmentOwned, ISoftDeleted
{
    /// <summary>Where the words go. A layout without this place would swallow them.</summary>
    public const string BodyPlace = "{{{body}}}";

    /// <summary>What an index entry of PostgreSQL holds, whatever the script.</summary>
    public const int LongestIdentifier = 512;

    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }
    public required string CreatorId { get; init; }

    /// <summary>The layout that this one was promoted from.</summary>
    public string? ParentId { get; set; }
    public required string Name { get; set; }

    /// <summary>Unique per environment among layouts that are not deleted.</summary>
    public required string Identifier { get; set; }
    public string? Description { get; set; }
    public required string Content { get; set; }
    public IReadOnlyList<LayoutVariable> Variables { get; set; } = [];
    public bool IsDefault { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>A name that a layout looks up in the payload, whether it must be there, and what stands for it if it is not.</summary>
public sealed record LayoutVariable(string Id, string Name, string? Type, bool Required = false, JsonElement? DefaultValue = null);
