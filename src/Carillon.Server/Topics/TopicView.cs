using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Data.Topics;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics;

internal sealed record TopicView
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }

    [JsonPropertyName("_environmentId")]
    public required string EnvironmentId { get; init; }
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>The members' own ids, in the order in which they joined.</summary>
    public required IReadOnlyList<string> Subscribers { get; init; }

    public static async Task<TopicView> OfAsync(Topic topic, CarillonDb db, CancellationToken ct) => (await OfAsync([topic], db, ct))[0];

    public static async Task<IReadOnlyList<TopicView>> OfAsync(IReadOnlyList<Topic> topics, CarillonDb db, CancellationToken ct)
    {
        var topicIds = topics.Select(topic => topic.Id).ToList();
        var members = await (
            from member in db.TopicSubscribers
            join subscriber in db.Subscribers on member.SubscriberId equals subscriber.Id
            where topicIds.Contains(member.TopicId)
            orderby member.Id
            select new { member.TopicId, subscriber.ExternalId }).ToListAsync(ct);

        var byTopic = members.ToLookup(member => member.TopicId, member => member.ExternalId);
        return [.. topics.Select(topic => Of(topic, [.. byTopic[topic.Id]]))];
    }

    public static Problem NotFound(string key, string environmentId) =>
        Problem.NotFound($"Topic not found for id {key} in the environment {environmentId}");

    private static TopicView Of(Topic topic, IReadOnlyList<string> subscribers) => new()
    {
        Id = topic.Id,
        OrganizationId = topic.OrganizationId,
        EnvironmentId = topic.EnvironmentId,
        Key = topic.Key,
        Name = topic.Name,
        Subscribers = subscribers,
    };
}
