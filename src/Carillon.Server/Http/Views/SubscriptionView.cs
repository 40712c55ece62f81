using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Data.Subscribers;
using Carillon.Data.Topics;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Http.Views;

/// <summary>That somebody is in a topic.</summary>
internal sealed record SubscriptionView(
    [property: JsonPropertyName("_id")] string Id,
    SubscriptionView.TopicPart Topic,
    SubscriptionView.Member Subscriber,
    DateTimeOffset CreatedAt)
{
    // It is made and removed, never changed.
    public DateTimeOffset UpdatedAt => CreatedAt;

    public static SubscriptionView Of(TopicSubscriber member, Topic topic, Subscriber subscriber) => new(
        member.Id,
        new(topic.Id, topic.Key, topic.Name),
        new(subscriber.Id, subscriber.ExternalId, subscriber.Avatar, subscriber.FirstName, subscriber.LastName, subscriber.Email),
        member.CreatedAt);

    /// <summary>A page of some of the memberships.</summary>
    public static async Task<Unwrapped<CursorPage<SubscriptionView>>> PageAsync(
        IQueryable<TopicSubscriber> members, Cursor cursor, CarillonDb db, CancellationToken ct)
    {
        var found = await cursor.FindAsync(members.Select(member => member.Id), ct);
        var rows = await ListAsync(members.Where(member => found.Ids.Contains(member.Id)), db, ct);
        return found.Show(rows, one => one.Id);
    }

    public static async Task<IReadOnlyList<SubscriptionView>> ListAsync(
        IQueryable<TopicSubscriber> members, CarillonDb db, CancellationToken ct)
    {
        var rows = await (
            from member in members.AsNoTracking()
            join topic in db.Topics.AsNoTracking() on member.TopicId equals topic.Id
            join subscriber in db.Subscribers.AsNoTracking() on member.SubscriberId equals subscriber.Id
            select new { member, topic, subscriber }).ToListAsync(ct);
        return [.. rows.Select(row => Of(row.member, row.topic, row.subscriber))];
    }

    internal sealed record TopicPart([property: JsonPropertyName("_id")] string Id, string Key, string Name);

    internal sealed record Member(
        [property: JsonPropertyName("_id")] string Id, string SubscriberId, string? Avatar, string? FirstName, string? LastName, string? Email);
}
