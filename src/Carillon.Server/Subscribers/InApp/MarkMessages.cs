using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Subscribers.InApp;

internal static class MarkMessages
{
    public sealed record Request(IReadOnlyList<string> MessageIds, string MarkAs) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(Marking.ReadIds(fields), fields["markAs"].Defined().OneOf(Mark.Words).Text);
    }

    public static Task<Results<Answer<IReadOnlyList<MessageView>>, Problem>> Handle(
        string subscriberId, Body<Request> body, Marking marking, CancellationToken ct) =>
        marking.RunAsync(subscriberId, body.Value.MessageIds, Mark.Of(body.Value.MarkAs), ct);
}
