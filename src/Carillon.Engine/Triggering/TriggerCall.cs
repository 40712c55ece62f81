using System.Text.Json;

namespace Carillon.Engine.Triggering;

/// <summary>One trigger call, its fields checked for their types.</summary>
public sealed record TriggerCall(string Name, IReadOnlyList<JsonElement> To)
{
    /// <summary>Everybody in the environment; then there is no <see cref="To"/>.</summary>
    public bool Everybody { get; init; }
    public JsonElement? Payload { get; init; }
    public JsonElement? Overrides { get; init; }
    public string? TransactionId { get; init; }

    /// <summary>A subscriber's id, or a subscriber object.</summary>
    public JsonElement? Actor { get; init; }

    /// <summary>A tenant's identifier, or a tenant object.</summary>
    public JsonElement? Tenant { get; init; }
    public JsonElement? Controls { get; init; }

    /// <summary>Under this transaction id, if it brought none and there is one.</summary>
    public TriggerCall Under(string? transactionId) =>
        TransactionId is not null || transactionId is null ? this : this with { TransactionId = transactionId };
}

/// <summary>What became of a trigger call.</summary>
public abstract record TriggerOutcome
{
    /// <summary>Durable: every recipient will be served. A repeated call ends like the first.</summary>
    public sealed record Processed(string TransactionId) : TriggerOutcome;

    /// <summary>Understood, and nothing to do; <paramref name="Status"/> is the contract's word for why.</summary>
    public sealed record NothingToDo(string Status) : TriggerOutcome;

    public sealed record UnknownWorkflow : TriggerOutcome;

    public sealed record Invalid(string Message) : TriggerOutcome;

    /// <summary>Too many calls wait for their commit; come back in a moment.</summary>
    public sealed record Overloaded : TriggerOutcome;
}
