using System.Text.Json;
using Carillon.Data.Mapping;

namespace Carillon.Data.Integrations;

/// <summary>A configured account at a provider.</summary>
public sealed class Integration : IEnvironmentOwned, ISoftDeleted
{
    public required string Id { get; init; }
    public required string EnvironmentId { get; set; }
    public required string OrganizationId { get; init; }
    public required string ProviderId { get; init; }

    /// <summary>The wire's channel name: <c>in_app</c>, <c>email</c> …</summary>
    public required string Channel { get; init; }

    public required string Name { get; set; }

    /// <summary>Unique per organization among integrations that are not deleted.</summary>
    public required string Identifier { get; set; }

    /// <summary>All credentials as one JSON object, sealed whole: which of them is secret is not for storage to guess.</summary>
    public required string Cipher { get; set; }

    public bool Active { get; set; }
    public bool Primary { get; set; }
    public int Priority { get; set; }
    public JsonElement? Conditions { get; set; }
    public bool? RemoveNovuBranding { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public string? DeletedBy { get; set; }
}
