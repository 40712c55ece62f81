using System.Text.Json.Serialization;
using Carillon.Data;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Http.Views;

/// <summary>As much of a subscriber as is shown beside a message.</summary>
internal sealed record Person(
    [property: JsonPropertyName("_id")] string ObjectId, string SubscriberId, string? FirstName, string? LastName, string? Avatar)
{
    public string Id => ObjectId;

    [JsonPropertyName("_organizationId")]
    public string? OrganizationId { get; private init; }

    [JsonPropertyName("_environmentId")]
    public string? EnvironmentId { get; private init; }
    public bool? Deleted { get; private init; }
    public DateTimeOffset? CreatedAt { get; private init; }
    public DateTimeOffset? UpdatedAt { get; private init; }

    /// <summary>Without whose they are and since when, which is shown to the team only.</summary>
    public Person ToBrief() => new(ObjectId, SubscriberId, FirstName, LastName, Avatar);

    /// <summary>By our id; who was deleted is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, Person>> FindAsync(CarillonDb db, IReadOnlyList<string> ids, CancellationToken ct) =>
        ids.Count == 0
            ? new Dictionary<string, Person>()
            : await db.Subscribers.Where(subscriber => ids.Contains(subscriber.Id))
                .Select(subscriber => new Person(
                    subscriber.Id, subscriber.ExternalId, subscriber.FirstName, subscriber.LastName, subscriber.Avatar)
                {
                    OrganizationId = subscriber.OrganizationId,
                    EnvironmentId = subscriber.EnvironmentId,
                    Deleted = false,
                    CreatedAt = subscriber.CreatedAt,
                    UpdatedAt = subscriber.UpdatedAt,
                })
                .ToDictionaryAsync(person => person.ObjectId, ct);
}
