using Carillon.Engine.Triggering;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Idempotency;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Events;

/// <summary>Accepts one event for every subscriber that the environment has when it is expanded.</summary>
internal static class BroadcastEvent
{
    public sealed record Request(TriggerCall Call) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var call = new TriggerCall(fields.WorkflowName(), []) { Everybody = true, Payload = fields["payload"].Object().JsonOrNull };
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
