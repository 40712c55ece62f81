using System.Text.Json;
using Carillon.Data.Mapping;

namespace Carillon.Data.Tenants;

/// <summary>A customer's own grouping of subscribers, which an event can be about. Nothing is kept apart by it.</summary>
public sealed class Tenant : IEnvironmentOwned
{
    /// <summary>What an index entry of PostgreSQL holds, whatever the script.</summary>
    public const int LongestIdentifier = 512;

    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }
    public required string Identifier { get; set; }
    public required string Name { get; set; }
    public JsonElement? Data { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
