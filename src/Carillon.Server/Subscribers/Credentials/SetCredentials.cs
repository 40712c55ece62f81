using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.Credentials;

/// <summary>Says how one integration reaches a subscriber. PUT and PATCH differ in what becomes of the device tokens that are known.</summary>
internal sealed class SetCredentials(CarillonDb db, ChannelWriter channels, SecretBox box)
{
    public static Task<Results<Answer<SubscriberView>, Problem>> Replace(
        string subscriberId, Body<ChannelFields> body, SetCredentials operation, CarillonDb db, CancellationToken ct) =>
        db.RetryLostRacesAsync(() => operation.RunAsync(subscriberId, body.Value, addTokens: false, ct));

    public static Task<Results<Answer<SubscriberView>, Problem>> Add(
        string subscriberId, Body<ChannelFields> body, SetCredentials operation, CarillonDb db, CancellationToken ct) =>
        db.RetryLostRacesAsync(() => operation.RunAsync(subscriberId, body.Value, addTokens: true, ct));

    private async Task<Results<Answer<SubscriberView>, Problem>> RunAsync(
        string subscriberId, ChannelFields channel, bool addTokens, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null) return Problem.BadRequest($"SubscriberId: {subscriberId} not found");

        var integrations = await channels.FindIntegrationsAsync([channel], ct);
        if (!integrations.TryGetValue(channel.Address, out var integration)) return channels.NoIntegration(channel);

        await channels.SetAsync(subscriber, integration, channel, addTokens, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Of(await SubscriberView.OfAsync(subscriber, db, box, ct));
    }
}
