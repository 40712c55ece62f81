using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics;

internal static class GetTopicSubscriber
{
    public sealed record View(
        [property: JsonPropertyName("_id")] string ObjectId,
        [property: JsonPropertyName("_organizationId")] string OrganizationId,
        [property: JsonPropertyName("_environmentId")] string EnvironmentId,
        [property: JsonPropertyName("_subscriberId")] string SubscriberId,
        [property: JsonPropertyName("_topicId")] string TopicId,
        string TopicKey,
        string ExternalSubscriberId,
        DateTimeOffset CreatedAt)
    {
        [JsonPropertyName("__v")]
        public int DocumentVersion { get; }
        public string Id => ObjectId;

        // A membership is made and removed, never changed.
        public DateTimeOffset UpdatedAt => CreatedAt;
    }

    public static async Task<Results<Answer<View>, Problem>> Handle(
        string topicKey, string externalSubscriberId, CurrentEnvironment environment, CarillonDb db, CancellationToken ct)
    {
        var found = await (
            from topic in db.Topics
            join member in db.TopicSubscribers on topic.Id equals member.TopicId
            join subscriber in db.Subscribers on member.SubscriberId equals subscriber.Id
            where topic.Key == topicKey && subscriber.ExternalId == externalSubscriberId
            select new View(
                member.Id, topic.OrganizationId, topic.EnvironmentId, subscriber.Id, topic.Id, topic.Key, subscriber.ExternalId, member.CreatedAt))
            .SingleOrDefaultAsync(ct);

        return found is null
            ? Problem.NotFound($"Subscriber {externalSubscriberId} not found for topic {topicKey} in the environment {environment.Id}")
            : Answer.Of(found);
    }
}
