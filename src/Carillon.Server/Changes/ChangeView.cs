using System.Text.Json.Serialization;

namespace Carillon.Server.Changes;

/// <summary>A change as clients see it. Who made it and what it is about is said in lists only.</summary>
internal sealed record ChangeView
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }
    public required bool Enabled { get; init; }
    public required string Type { get; init; }
    public required IReadOnlyList<DiffLine> Change { get; init; }

    [JsonPropertyName("_environmentId")]
    public required string EnvironmentId { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }

    [JsonPropertyName("_entityId")]
    public required string EntityId { get; init; }

    [JsonPropertyName("_creatorId")]
    public required string CreatorId { get; init; }

    [JsonPropertyName("_parentId")]
    public string? ParentId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int Revision { get; }

    [JsonPropertyName("id")]
    public string? SecondId { get; init; }
    public Author? User { get; init; }
    public string? TemplateId { get; init; }
    public string? TemplateName { get; init; }
    public string? PreviousDefaultLayout { get; init; }

    internal sealed record Author(
        [property: JsonPropertyName("_id")] string ObjectId, string? FirstName, string? LastName, string? ProfilePicture)
    {
        public string Id => ObjectId;
    }
}
