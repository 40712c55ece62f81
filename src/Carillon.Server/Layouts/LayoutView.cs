using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Data.Layouts;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Layouts;

/// <summary>A layout as clients see it. In lists it and its variables carry their ids once, on their own twice.</summary>
internal sealed record LayoutView
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    [JsonPropertyName("_environmentId")]
    public required string EnvironmentId { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }

    [JsonPropertyName("_creatorId")]
    public required string CreatorId { get; init; }

    [JsonPropertyName("_parentId")]
    public string? ParentId { get; init; }
    public required string Name { get; init; }
    public required string Identifier { get; init; }
    public string? Description { get; init; }
    public required IReadOnlyList<Variable> Variables { get; init; }
    public required string Content { get; init; }
    public string ContentType { get; } = "customHtml";
    public required bool IsDefault { get; init; }
    public string Channel { get; } = "email";
    public bool Deleted => DeletedAt is not null;
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int Revision { get; }
    public DateTimeOffset? DeletedAt { get; init; }

    [JsonPropertyName("id")]
    public string? SecondId { get; private init; }
    public bool? IsDeleted { get; private init; }

    public static LayoutView InList(Layout layout) => Make(layout, _ => null) with { IsDeleted = false };

    public static LayoutView Of(Layout layout) => InChange(layout) with { IsDeleted = false };

    /// <summary>As changes keep it, which say of it only when it is gone that it is.</summary>
    public static LayoutView InChange(Layout layout) => Make(layout, id => id) with
    {
        SecondId = layout.Id,
        IsDeleted = layout.DeletedAt is null ? null : true,
    };

    public static Problem NotFound(string id, string environmentId) =>
        Problem.NotFound($"Layout not found for id {id} in the environment {environmentId}");

    public static Problem Taken(string identifier, string environmentId) =>
        Problem.Conflict($"Layout with identifier: {identifier} already exists under environment {environmentId}");

    private static LayoutView Make(Layout layout, Func<string, string?> second) => new()
    {
        Id = layout.Id,
        EnvironmentId = layout.EnvironmentId,
        OrganizationId = layout.OrganizationId,
        CreatorId = layout.CreatorId,
        ParentId = layout.ParentId,
        Name = layout.Name,
        Identifier = layout.Identifier,
        Description = layout.Description,
        Variables =
        [
            .. layout.Variables.Select(variable => new Variable(
                variable.Name, variable.Type, variable.Required, variable.DefaultValue, variable.Id, second(variable.Id))),
        ],
        Content = layout.Content,
        IsDefault = layout.IsDefault,
        CreatedAt = layout.CreatedAt,
        UpdatedAt = layout.UpdatedAt,
        DeletedAt = layout.DeletedAt,
    };

    internal sealed record Variable(
        string Name,
        string? Type,
        bool Required,
        JsonElement? DefaultValue,
        [property: JsonPropertyName("_id")] string Id,
        [property: JsonPropertyName("id")] string? SecondId);
}
