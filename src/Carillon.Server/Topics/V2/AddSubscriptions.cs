using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Topics.V2;

/// <summary>Has people join a topic, which is made if it is not there.</summary>
internal static class AddSubscriptions
{
    public static async Task<Results<Unwrapped<SubscriptionChange.View>, Problem>> Handle(
        string topicKey, Body<SubscriptionChange> body, AddTopicSubscribers members, CarillonDb db, CancellationToken ct)
    {
        if (AddTopicSubscribers.ProblemWith(topicKey) is { } problem) return problem;

        var wanted = body.Value.SubscriberIds;
        await members.JoinAsync(topicKey, wanted, ct);

        var joined = await SubscriptionView.ListAsync(MembersOf.Topic(db, topicKey, wanted), db, ct);
        return body.Value.Show(
            [.. joined.OrderBy(one => one.Id, StringComparer.Ordinal)],
            [.. wanted.Except(joined.Select(one => one.Subscriber.SubscriberId)).Select(SubscriptionChange.Failure.Unknown)]);
    }
}
