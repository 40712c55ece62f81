using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.Credentials;

/// <summary>Forgets how a provider reaches a subscriber, through whichever integration.</summary>
internal static class DeleteCredentials
{
    public static async Task<Results<NoContent, Problem>> Handle(string subscriberId, string providerId, CarillonDb db, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null) return Problem.NotFound($"Subscriber not found for id {subscriberId}");

        await db.SubscriberChannels
            .Where(channel => channel.SubscriberId == subscriber.Id && channel.ProviderId == providerId)
            .ExecuteDeleteAsync(ct);
        return TypedResults.NoContent();
    }
}
