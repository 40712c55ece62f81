using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Carillon.Server.InApp;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Widgets;

/// <summary>The older way to mark messages: sets exactly the flags that are given, and draws no conclusions from one to the other.</summary>
internal static class FlagOwnMessages
{
    public sealed record Request(IReadOnlyList<string> MessageIds, Mark Mark) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(Marking.ReadIds(fields), fields["mark"].Nested(Marking.ReadFlags) ?? new());
    }

    public static Task<Results<Answer<IReadOnlyList<MessageView>>, Problem>> Handle(
        Body<Request> body, MarkOwnMessages operation, CancellationToken ct) =>
        operation.RunAsync(body.Value.MessageIds, body.Value.Mark, ct);
}
