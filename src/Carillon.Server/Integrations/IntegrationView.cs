using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json;
using Carillon.Data.Integrations;
using Carillon.Server.Http.Conditions;

namespace Carillon.Server.Integrations;

/// <summary>An integration as clients see it. In lists it carries its id once, on its own twice.</summary>
internal sealed record IntegrationView
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    [JsonPropertyName("_environmentId")]
    public required string EnvironmentId { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }
    public required string ProviderId { get; init; }
    public required string Channel { get; init; }
    public required JsonObject? Credentials { get; init; }
    public required bool Active { get; init; }
    public required string Name { get; init; }
    public required string Identifier { get; init; }
    public required int Priority { get; init; }
    public required bool Primary { get; init; }
    public required JsonNode Conditions { get; init; }
    public bool? RemoveNovuBranding { get; init; }
    public bool Deleted { get; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int Revision { get; }

    [JsonPropertyName("id")]
    public string? SecondId { get; private init; }

    public static IntegrationView InList(Integration integration, JsonObject credentials) => new()
    {
        Id = integration.Id,
        EnvironmentId = integration.EnvironmentId,
        OrganizationId = integration.OrganizationId,
        ProviderId = integration.ProviderId,
        Channel = integration.Channel,
        Credentials = credentials,
        Active = integration.Active,
        Name = integration.Name,
        Identifier = integration.Identifier,
        Priority = integration.Priority,
        Primary = integration.Primary,
        Conditions = Array(integration.Conditions),
        RemoveNovuBranding = integration.RemoveNovuBranding,
        CreatedAt = integration.CreatedAt,
        UpdatedAt = integration.UpdatedAt,
    };

    public static IntegrationView Of(Integration integration, JsonObject credentials) => InList(integration, credentials) with
    {
        SecondId = integration.Id,
        Conditions = ConditionEntities.Doubled(integration.Conditions),
    };

    private static JsonArray Array(JsonElement? conditions) => conditions is { } given ? JsonArray.Create(given)! : [];
}
