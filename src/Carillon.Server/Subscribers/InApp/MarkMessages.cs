using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Subscribers.InApp;

internal sealed class MarkMessages(CarillonDb db, Marking marking, MessageViews views)
{
    public static Task<Results<Answer<IReadOnlyList<MessageView>>, Problem>> Handle(
        string subscriberId, Body<MarkRequest> body, MarkMessages operation, CancellationToken ct) =>
        operation.RunAsync(subscriberId, body.Value.MessageIds, Mark.Of(body.Value.MarkAs), ct);

    public async Task<Results<Answer<IReadOnlyList<MessageView>>, Problem>> RunAsync(
        string externalId, IReadOnlyList<string> messageIds, Mark mark, CancellationToken ct)
    {
        if (Marking.ProblemWith(messageIds) is { } problem) return problem;

        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(subscriber => subscriber.ExternalId == externalId, ct);
        if (subscriber is null) return Problem.NotFound($"Subscriber {externalId} not found");

        var marked = await marking.MarkAsync(subscriber.Id, messageIds, mark, ct);
        return Answer.Of(await views.OfAsync(marked, MessageDetail.Bare, ct));
    }
}
