using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.V2;

internal static class PatchSubscriber
{
    public sealed record Request(SubscriberProfile Profile) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(SubscriberProfile.ReadPatch(fields));
    }

    public static async Task<Results<Answer<SubscriberView>, Problem>> Handle(
        string subscriberId, Body<Request> body, SubscriberWriter writer, CarillonDb db, SecretBox box, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null) return Problem.NotFound($"Subscriber not found for id {subscriberId}");

        writer.Change(subscriber, body.Value.Profile);
        await db.SaveChangesAsync(ct);
        return Answer.Of(await SubscriberView.OfAsync(subscriber, db, box, ct));
    }
}
