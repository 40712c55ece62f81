using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics.V2;

/// <summary>Has people leave a topic, and says who was in it.</summary>
internal static class RemoveSubscriptions
{
    public static async Task<Results<Unwrapped<SubscriptionChange.View>, Problem>> Handle(
        string topicKey, Body<SubscriptionChange> body, CurrentEnvironment environment, CarillonDb db, CancellationToken ct)
    {
        if (!await db.Topics.AnyAsync(topic => topic.Key == topicKey, ct)) return TopicView.NotFound(topicKey, environment.Id);

        var wanted = body.Value.SubscriberIds;
        var left = await SubscriptionView.ListAsync(MembersOf.Topic(db, topicKey, wanted), db, ct);
        var ids = left.Select(one => one.Id).ToList();
        await db.TopicSubscribers.Where(member => ids.Contains(member.Id)).ExecuteDeleteAsync(ct);

        return body.Value.Show(
            [.. left.OrderBy(one => one.Id, StringComparer.Ordinal)],
            [.. wanted.Except(left.Select(one => one.Subscriber.SubscriberId)).Select(id => SubscriptionChange.Failure.NotIn(id, topicKey))]);
    }
}
