using System.Text.Json;
using Carillon.Data.Mapping;

namespace Carillon.Data.Subscribers;

/// <summary>Somebody who can be notified. A deleted one keeps its row and is revived when it is created again.</summary>
public sealed class Subscriber : IEnvironmentOwned, ISoftDeleted
{
    /// <summary>What an index entry of PostgreSQL holds, whatever the script.</summary>
    public const int LongestExternalId = 512;

    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }

    /// <summary>The customer's own id for this person, unique per environment; the wire calls it <c>subscriberId</c>.</summary>
    public required string ExternalId { get; init; }

    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? Avatar { get; set; }
    public string? Locale { get; set; }
    public string? Timezone { get; set; }
    public JsonElement? Data { get; set; }
    public bool? IsOnline { get; set; }
    public DateTimeOffset? LastOnlineAt { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
}
