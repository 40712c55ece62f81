using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Messages;

internal static class DeleteMessage
{
    public static async Task<Results<Answer<Deletion>, Problem>> Handle(
        MongoId messageId, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var id = messageId.Text;
        if (await db.Messages.SingleOrDefaultAsync(message => message.Id == id, ct) is not { } message)
            return Problem.NotFound($"Message with id {id} not found");
        if (!await db.Subscribers.AnyAsync(subscriber => subscriber.Id == message.SubscriberId, ct))
            return Problem.BadRequest($"A subscriber was not found for message {id}");

        message.DeletedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Answer.Of(Deletion.Done);
    }
}
