using Carillon.Engine.Triggering;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Idempotency;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Events;

/// <summary>Accepts one event. When the answer leaves, the event is on disk.</summary>
internal static class TriggerEvent
{
    public sealed record Request(TriggerCall Call) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var call = new TriggerCall(fields.WorkflowName(), fields.Recipients()) { Payload = fields.OptionalObject("payload") };
            return new(fields.Complete(call));
        }
    }

    public static async Task<Results<Answer<TriggerView>, Problem>> Handle(
        Body<Request> body, Trigger trigger, RepeatableRequest repeatable, CancellationToken ct)
    {
        var outcomes = await trigger.HandleAsync([body.Value.Call.Under(repeatable.TransactionId())], ct);
        return Refusals.Of(outcomes[0]) is { } refusal ? refusal : Answer.Of(TriggerView.Of(outcomes[0]));
    }
}
