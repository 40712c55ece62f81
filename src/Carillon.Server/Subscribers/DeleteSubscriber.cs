using Carillon.Data;
using Carillon.Data.Subscribers;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Recording;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers;

/// <summary>
/// Takes somebody out: of every topic, and with everything that is known about them. What is left is the id, so that messages
/// keep their owner; whoever comes back under it begins anew.
/// </summary>
internal static class DeleteSubscriber
{
    public static async Task<Results<Answer<Deletion>, Problem>> Handle(
        string subscriberId, CarillonDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null) return Problem.NotFound($"Subscriber not found for id {subscriberId}");

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.TopicSubscribers.Where(member => member.SubscriberId == subscriber.Id).ExecuteDeleteAsync(ct);
        await db.SubscriberChannels.Where(channel => channel.SubscriberId == subscriber.Id).ExecuteDeleteAsync(ct);
        Forget(subscriber, clock.GetUtcNow());
        await outbox.TellChangesAsync([subscriber], ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);

        return Answer.Of(Deletion.Done);
    }

    private static void Forget(Subscriber subscriber, DateTimeOffset now)
    {
        subscriber.FirstName = null;
        subscriber.LastName = null;
        subscriber.Email = null;
        subscriber.Phone = null;
        subscriber.Avatar = null;
        subscriber.Locale = null;
        subscriber.Timezone = null;
        subscriber.Data = null;
        subscriber.IsOnline = null;
        subscriber.LastOnlineAt = null;
        subscriber.UpdatedAt = now;
        subscriber.DeletedAt = now;
    }
}
