using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Widgets;

/// <summary>Notes on a message which of its buttons was used and how that ended, in the component's own words.</summary>
internal static class TakeOwnAction
{
    public static async Task<Results<Answer<MessageView>, Problem>> Handle(
        MongoId messageId, string type, Body<ActionRequest> body,
        Caller caller, CarillonDb db, MessageViews views, TimeProvider clock, CancellationToken ct)
    {
        var id = messageId.Text;
        if (await db.Messages.SingleOrDefaultAsync(message => message.Id == id && message.SubscriberId == caller.SubscriberId, ct) is not { } message)
            return Problem.NotFound($"Message {id} not found");

        message.Cta = CallToAction.With(message.Cta, type, body.Value.Status, body.Value.Payload);
        message.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(await views.OneAsync(message, ct));
    }
}
