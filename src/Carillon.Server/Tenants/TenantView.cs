using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Data.Tenants;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Tenants;

/// <summary>A tenant as clients see it. In lists it carries its id once, on its own twice.</summary>
internal sealed record TenantView(
    [property: JsonPropertyName("_id")] string Id,
    string Identifier,
    string Name,
    JsonElement? Data,
    [property: JsonPropertyName("_environmentId")] string EnvironmentId,
    [property: JsonPropertyName("_organizationId")] string OrganizationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    [JsonPropertyName("__v")]
    public int Revision { get; }

    [JsonPropertyName("id")]
    public string? SecondId { get; private init; }

    public static TenantView InList(Tenant tenant) => new(
        tenant.Id, tenant.Identifier, tenant.Name, tenant.Data, tenant.EnvironmentId, tenant.OrganizationId, tenant.CreatedAt, tenant.UpdatedAt);

    public static TenantView Of(Tenant tenant) => InList(tenant) with { SecondId = tenant.Id };

    public static Problem NotFound(string identifier, string environmentId) =>
        Problem.NotFound($"Tenant with identifier: {identifier} does not exist under environment {environmentId}");

    public static Problem Taken(string identifier, string environmentId) =>
        Problem.Conflict($"Tenant with identifier: {identifier} already exists under environment {environmentId}");
}
