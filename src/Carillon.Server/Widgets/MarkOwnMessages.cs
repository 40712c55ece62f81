using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Widgets;

internal sealed class MarkOwnMessages(Caller caller, Marking marking, MessageViews views)
{
    public static Task<Results<Answer<IReadOnlyList<MessageView>>, Problem>> Handle(
        Body<MarkRequest> body, MarkOwnMessages operation, CancellationToken ct) =>
        operation.RunAsync(body.Value.MessageIds, Mark.Of(body.Value.MarkAs), ct);

    public async Task<Results<Answer<IReadOnlyList<MessageView>>, Problem>> RunAsync(
        IReadOnlyList<string> messageIds, Mark mark, CancellationToken ct)
    {
        if (Marking.ProblemWith(messageIds) is { } problem) return problem;

        var marked = await marking.MarkAsync(caller.SubscriberId, messageIds, mark, ct);
        return Answer.Of(await views.OfAsync(marked, MessageDetail.Bare, ct));
    }
}
