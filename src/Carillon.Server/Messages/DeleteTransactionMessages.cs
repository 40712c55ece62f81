using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Messages;

/// <summary>Deletes what one trigger call has sent, all of it or on one channel.</summary>
internal static class DeleteTransactionMessages
{
    public sealed record Request(string? Channel) : IRequest<Request>
    {
        public static Request Read(Fields fields) =>
            new(fields["channel"].Optional().OneOf("in_app", "email", "sms", "chat", "push").TextOrNull);
    }

    public static async Task<Results<NoContent, Problem>> Handle(
        string transactionId, Query<Request> query, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var sent = await db.MessagesOfAsync([transactionId], ct);
        if (!await sent.AnyAsync(ct)) return Problem.NotFound("Invalid transactionId or channel");

        var channel = query.Value.Channel;
        var ids = sent.Select(message => message.Id);
        await db.Messages
            .Where(message => ids.Contains(message.Id) && (channel == null || message.Channel == channel))
            .ExecuteUpdateAsync(row => row.SetProperty(message => message.DeletedAt, clock.GetUtcNow()), ct);
        return TypedResults.NoContent();
    }
}
