using System.Text.Json.Serialization;
using Carillon.Data.Workflows;

namespace Carillon.Server.NotificationGroups;

/// <summary>A group as clients see it. In lists it carries its id once, on its own twice.</summary>
internal sealed record NotificationGroupView
{
    public required string Name { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }

    [JsonPropertyName("_environmentId")]
    public required string EnvironmentId { get; init; }

    [JsonPropertyName("_parentId")]
    public string? ParentId { get; init; }

    [JsonPropertyName("_id")]
    public required string Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int Revision { get; }

    /// <summary>Only in changes: a group that is gone is shown nowhere else.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    [JsonPropertyName("id")]
    public string? SecondId { get; private init; }

    public static NotificationGroupView InList(NotificationGroup group) => new()
    {
        Id = group.Id,
        Name = group.Name,
        OrganizationId = group.OrganizationId,
        EnvironmentId = group.EnvironmentId,
        ParentId = group.ParentId,
        CreatedAt = group.CreatedAt,
        UpdatedAt = group.UpdatedAt,
    };

    public static NotificationGroupView Of(NotificationGroup group) => InList(group) with { SecondId = group.Id };
}
