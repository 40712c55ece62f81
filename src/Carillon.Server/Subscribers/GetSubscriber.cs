using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers;

internal static class GetSubscriber
{
    public static async Task<Results<Answer<SubscriberView>, Problem>> Handle(
        string subscriberId, CarillonDb db, SecretBox box, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        return subscriber is null
            ? Problem.NotFound($"Subscriber not found for id {subscriberId}")
            : Answer.Of(await SubscriberView.OfAsync(subscriber, db, box, ct));
    }
}
