using System.Text.Json.Serialization;
using Carillon.Data.Workflows;

namespace Carillon.Server.Workflows;

/// <summary>The group that a workflow in a list is in.</summary>
internal sealed record GroupView(
    [property: JsonPropertyName("_id")] string Id,
    string Name,
    [property: JsonPropertyName("_organizationId")] string OrganizationId,
    [property: JsonPropertyName("_environmentId")] string EnvironmentId,
    [property: JsonPropertyName("_parentId")] string? ParentId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    [JsonPropertyName("__v")]
    public int Revision { get; }

    public static GroupView Of(NotificationGroup group) => new(
        group.Id, group.Name, group.OrganizationId, group.EnvironmentId, group.ParentId, group.CreatedAt, group.UpdatedAt);
}
