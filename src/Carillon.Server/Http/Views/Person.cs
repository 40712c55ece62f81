using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Engine.Steps.InApp;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Http.Views;

/// <summary>As much of a subscriber as is shown beside a message.</summary>
internal sealed record Person(
    [property: JsonPropertyName("_id")] string ObjectId, string SubscriberId, string? FirstName, string? LastName, string? Avatar)
{
    public string Id => ObjectId;

    private static readonly AskedOften<IReadOnlyList<string>, Person> Known = new((db, ids) => db.Subscribers
        .Where(subscriber => ids.Contains(subscriber.Id))
        .Select(subscriber => new Person(
            subscriber.Id, subscriber.ExternalId, subscriber.FirstName, subscriber.LastName, SafeLink.OrNull(subscriber.Avatar))));

    /// <summary>By our id; who was deleted is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, Person>> FindAsync(CarillonDb db, IReadOnlyList<string> ids, CancellationToken ct) =>
        ids.Count == 0
            ? new Dictionary<string, Person>()
            : await Known.Ask(db, ids).ToDictionaryAsync(person => person.ObjectId, cancellationToken: ct);
}
