using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.InApp;

/// <summary>Notes on a message which of its buttons was used and how that ended, in the application's own words.</summary>
internal static class TakeAction
{
    public static async Task<Results<Answer<MessageView>, Problem>> Handle(
        string subscriberId, MongoId messageId, string type, Body<ActionRequest> body,
        CarillonDb db, MessageViews views, TimeProvider clock, CancellationToken ct)
    {
        var id = messageId.Text;
        if (await db.Messages.SingleOrDefaultAsync(message => message.Id == id, ct) is not { } message)
            return Problem.NotFound($"Message {id} not found");

        var owner = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == subscriberId, ct);
        if (owner is null)
        {
            return Problem.BadRequest(
                $"Subscriber with the id: {subscriberId} was not found for this environment. Make sure to create a subscriber before trying to modify it.");
        }

        if (message.SubscriberId != owner.Id)
            return Problem.BadRequest($"Message with the id: {id} was not found for this subscriber. Make sure to address correct message.");

        message.Cta = CallToAction.With(message.Cta, type, body.Value.Status, body.Value.Payload);
        message.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(await views.OneAsync(message, ct));
    }
}
