using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Engine.Triggering;
using Carillon.Server.Http.Input;
using Carillon.Server.Subscribers;

namespace Carillon.Server.Events;

/// <summary>What the trigger calls have in common, read in the order in which the contract complains.</summary>
internal static class EventFields
{
    private static readonly string TooLong = $"transactionId must be shorter than or equal to {Event.LongestTransactionId} characters";

    extension(Fields fields)
    {
        public string WorkflowName() => fields["name"].Defined().String().Text;

        /// <summary>One recipient or a list of them. What is wrong with one of them is found when it is that one's turn.</summary>
        public IReadOnlyList<JsonElement> Recipients()
        {
            var to = fields["to"].Defined();
            return to.JsonOrNull switch
            {
                null => [],
                { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
                { } one => [one],
            };
        }

        /// <summary>The call with everything that every kind of trigger may carry.</summary>
        public TriggerCall Complete(TriggerCall call)
        {
            var overrides = fields.OptionalObject("overrides");
            var transactionId = fields["transactionId"].Optional().String();
            transactionId.Must(transactionId.Text.Length <= Event.LongestTransactionId, TooLong);
            var bridge = fields["bridgeUrl"].Optional().String();
            bridge.Must(bridge.Text.Length == 0, "bridgeUrl is not supported yet");

            return call with
            {
                Overrides = overrides,
                TransactionId = transactionId.Text.Length == 0 ? null : transactionId.Text,
                Actor = ReadActor(fields["actor"]),
                Tenant = ReadTenant(fields["tenant"]),
                Controls = fields.OptionalObject("controls"),
            };
        }
    }

    private static JsonElement? ReadActor(Field actor) => actor.TextOrNull is { } id
        ? string.IsNullOrWhiteSpace(id) ? null : actor.Json
        : actor.Checked(fields =>
        {
            SubscriberProfile.ReadId(fields);
            SubscriberProfile.ReadNew(fields);
        });

    private static JsonElement? ReadTenant(Field tenant) => tenant.TextOrNull is { } identifier
        ? identifier.Length == 0 ? null : tenant.Json
        : tenant.Checked(fields =>
        {
            fields.OptionalString("identifier");
            fields.OptionalString("name");
            fields.OptionalObject("data");
        });
}
