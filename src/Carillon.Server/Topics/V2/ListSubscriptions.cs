using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Topics.V2;

internal static class ListSubscriptions
{
    public sealed record Request(Cursor Cursor, string? SubscriberId) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(Cursor.Read(fields), fields.OptionalString("subscriberId"));
    }

    public static async Task<Results<Unwrapped<CursorPage<SubscriptionView>>, Problem>> Handle(
        string topicKey, Query<Request> query, CurrentEnvironment environment, CarillonDb db, CancellationToken ct)
    {
        var topic = await db.Topics.AsNoTracking().SingleOrDefaultAsync(topic => topic.Key == topicKey, ct);
        if (topic is null) return TopicView.NotFound(topicKey, environment.Id);

        var members = db.TopicSubscribers.Where(member => member.TopicId == topic.Id);
        if (query.Value.SubscriberId is { } externalId)
        {
            var people = db.Subscribers.Where(subscriber => subscriber.ExternalId == externalId).Select(subscriber => subscriber.Id);
            members = members.Where(member => people.Contains(member.SubscriberId));
        }

        return await SubscriptionView.PageAsync(members, query.Value.Cursor, db, ct);
    }
}
