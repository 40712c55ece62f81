using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Recording;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers;

internal static class UpdateSubscriber
{
    public sealed record Request(SubscriberProfile Profile) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(SubscriberProfile.ReadChanged(fields));
    }

    public static async Task<Results<Answer<SubscriberView>, Problem>> Handle(
        string subscriberId, Body<Request> body, SubscriberWriter writer, CarillonDb db, SecretBox box, Outbox outbox, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null) return Problem.BadRequest($"SubscriberId: {subscriberId} not found");

        writer.Change(subscriber, body.Value.Profile);
        await outbox.TellChangesAsync([subscriber], ct);
        await db.SaveChangesAsync(ct);
        return Answer.Of(await SubscriberView.OfAsync(subscriber, db, box, ct));
    }
}
