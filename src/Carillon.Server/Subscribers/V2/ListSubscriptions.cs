using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.V2;

/// <summary>The topics that somebody is in.</summary>
internal static class ListSubscriptions
{
    public sealed record Request(Cursor Cursor, string? Key) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(Cursor.Read(fields), fields.OptionalString("key"));
    }

    public static async Task<Results<Unwrapped<CursorPage<SubscriptionView>>, Problem>> Handle(
        string subscriberId, Query<Request> query, CarillonDb db, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null) return Problem.NotFound($"Subscriber not found for id {subscriberId}");

        var members = db.TopicSubscribers.Where(member => member.SubscriberId == subscriber.Id);
        if (query.Value.Key is { Length: > 0 } key)
            members = members.Where(member => db.Topics.Any(topic => topic.Id == member.TopicId && topic.Key == key));
        return await SubscriptionView.PageAsync(members, query.Value.Cursor, db, ct);
    }
}
