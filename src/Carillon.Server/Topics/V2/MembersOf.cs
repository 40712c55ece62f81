using Carillon.Data;
using Carillon.Data.Topics;

namespace Carillon.Server.Topics.V2;

internal static class MembersOf
{
    /// <summary>Those of these people who are in the topic.</summary>
    public static IQueryable<TopicSubscriber> Topic(CarillonDb db, string topicKey, IReadOnlyCollection<string> externalIds) =>
        from topic in db.Topics
        join member in db.TopicSubscribers on topic.Id equals member.TopicId
        join subscriber in db.Subscribers on member.SubscriberId equals subscriber.Id
        where topic.Key == topicKey && externalIds.Contains(subscriber.ExternalId)
        select member;
}
