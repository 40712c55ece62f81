using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers;

internal static class SetOnlineStatus
{
    public sealed record Request(bool IsOnline) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.RequiredBool("isOnline"));
    }

    public static async Task<Results<Answer<SubscriberView>, Problem>> Handle(
        string subscriberId, Body<Request> body, CarillonDb db, SecretBox box, TimeProvider clock, CancellationToken ct)
    {
        var subscriber = await db.Subscribers.SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (subscriber is null) return Problem.NotFound("Subscriber not found");

        var now = clock.GetUtcNow();
        subscriber.IsOnline = body.Value.IsOnline;
        subscriber.UpdatedAt = now;
        if (!body.Value.IsOnline) subscriber.LastOnlineAt = now;
        await db.SaveChangesAsync(ct);
        return Answer.Of(await SubscriberView.OfAsync(subscriber, db, box, ct));
    }
}
