using System.Text.Json;
using Carillon.Engine.Triggering;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Idempotency;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Events;

/// <summary>Accepts up to a hundred events. Each is answered for itself, in its place in the list; a bad one costs the others nothing.</summary>
internal static class TriggerEvents
{
    private const int Most = 100;

    public sealed record Request(IReadOnlyList<JsonElement> Events) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var events = fields["events"].ArrayMaxSize(Most).ArrayNotEmpty().Array();
            return new(events.Json.ValueKind == JsonValueKind.Array ? [.. events.Json.EnumerateArray()] : []);
        }
    }

    public static async Task<Answer<IReadOnlyList<TriggerView>>> Handle(
        Body<Request> body, Trigger trigger, RepeatableRequest repeatable, CancellationToken ct)
    {
        var items = body.Value.Events.Select((item, index) => Item.Read(item, repeatable.TransactionId(index))).ToList();
        var outcomes = new Queue<TriggerOutcome>(
            await trigger.HandleAsync([.. items.Where(item => item.Errors.Count == 0).Select(item => item.Call)], ct));

        return Answer.Of<IReadOnlyList<TriggerView>>(
            [.. items.Select(item => item.Errors.Count == 0 ? ViewOf(outcomes.Dequeue()) : TriggerView.Failed(item.Errors))]);
    }

    private static TriggerView ViewOf(TriggerOutcome outcome) =>
        Refusals.Of(outcome) is { } refusal ? TriggerView.Failed([(string)refusal.Message]) : TriggerView.Of(outcome);

    private sealed record Item(TriggerCall Call, IReadOnlyList<string> Errors)
    {
        public static Item Read(JsonElement json, string? transactionId)
        {
            var fields = new Fields(json);
            var call = new TriggerCall(fields.WorkflowName(), fields.Recipients()) { Payload = fields["payload"].Defined().JsonOrNull };
            fields["payload"].Optional().Object();
            call = fields.Complete(call);
            return new(call.Under(transactionId), fields.Problem?.Message as IReadOnlyList<string> ?? []);
        }
    }
}
