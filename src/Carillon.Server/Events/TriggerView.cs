using Carillon.Engine.Triggering;

namespace Carillon.Server.Events;

/// <summary>What a caller learns about one trigger call.</summary>
internal sealed record TriggerView(bool Acknowledged, string Status, IReadOnlyList<string>? Error = null, string? TransactionId = null)
{
    public static TriggerView Of(TriggerOutcome outcome) => outcome switch
    {
        TriggerOutcome.Processed processed => Processed(processed.TransactionId),
        TriggerOutcome.NothingToDo nothing => new(true, nothing.Status),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static TriggerView Processed(string transactionId) => new(true, "processed", TransactionId: transactionId);

    public static TriggerView Failed(IReadOnlyList<string> errors) => new(true, "error", errors);
}
