using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Carillon.Data.Workflows;

namespace Carillon.Server.Workflows.Steps;

/// <summary>What a step says, as clients see it: an entity of its own, with the step's id.</summary>
internal sealed record TemplateView
{
    public JsonElement? Cta { get; init; }

    [JsonPropertyName("_id")]
    public required string Id { get; init; }
    public required string Type { get; init; }
    public bool Active { get; } = true;
    public string? Name { get; init; }
    public string? Subject { get; init; }
    public required JsonArray Variables { get; init; }
    public JsonElement? Content { get; init; }
    public string? ContentType { get; init; }
    public JsonElement? Actor { get; init; }
    public string? Title { get; init; }
    public string? Preheader { get; init; }
    public string? SenderName { get; init; }

    [JsonPropertyName("_environmentId")]
    public required string EnvironmentId { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }

    [JsonPropertyName("_creatorId")]
    public required string CreatorId { get; init; }

    [JsonPropertyName("_parentId")]
    public string? ParentId { get; init; }

    /// <summary>It is there even when there is no feed; but what was promoted has one or says nothing.</summary>
    [JsonPropertyName("_feedId")]
    public JsonElement? FeedId { get; init; }

    [JsonPropertyName("_layoutId"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? LayoutId { get; init; }
    public bool Deleted => DeletedAt is not null;
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int Revision { get; }
    public DateTimeOffset? DeletedAt { get; init; }

    [JsonPropertyName("id")]
    public string SecondId => Id;

    public static TemplateView Of(WorkflowStep step, Workflow workflow)
    {
        var template = step.Template;
        return new()
        {
            Id = step.Id,
            Type = template.Type,
            Name = template.Name,
            Subject = template.Subject,
            Variables = VariableEntities.Doubled(template.Variables),
            Content = template.Content,
            ContentType = template.ContentType,
            Cta = template.Cta,
            Actor = template.Actor,
            Title = template.Title,
            Preheader = template.Preheader,
            SenderName = template.SenderName,
            EnvironmentId = workflow.EnvironmentId,
            OrganizationId = workflow.OrganizationId,
            CreatorId = template.CreatorId ?? workflow.CreatorId,
            ParentId = template.ParentId,
            FeedId = template.ParentId is null || template.FeedId is not null ? JsonSerializer.SerializeToElement(template.FeedId) : null,
            LayoutId = template.LayoutId,
            CreatedAt = template.CreatedAt,
            UpdatedAt = template.UpdatedAt,
        };
    }
}
