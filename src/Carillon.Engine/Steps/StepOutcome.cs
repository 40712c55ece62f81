using Carillon.Data.Execution;
using Carillon.Data.Integrations;
using Carillon.Data.Messages;
using Carillon.Providers;

namespace Carillon.Engine.Steps;

/// <summary>What the engine does next with a run. A handler decides; only the engine writes.</summary>
public abstract record StepOutcome
{
    /// <summary>Done, with the message it made, if it made one.</summary>
    public sealed record Completed(Message? Message = null) : StepOutcome;

    /// <summary>Left out on purpose; the workflow goes on.</summary>
    public sealed record Skipped(Detail Why, string? Raw = null) : StepOutcome;

    /// <summary>
    /// Could not be done, and never will be; without a reason where the trace says it already. <paramref name="EndsRun"/> where going on would be wrong whatever the step says: what
    /// should have waited for an unknown time must not be sent at once.
    /// </summary>
    public sealed record Failed(Detail? Why, string? Raw = null, Message? Message = null, bool EndsRun = false) : StepOutcome;

    /// <summary>Goes on at this time and not before; <paramref name="Why"/> is what the trace says of it.</summary>
    public sealed record Waiting(DateTimeOffset Until, Detail Why) : StepOutcome;

    /// <summary>
    /// Is gathered with others of the same <paramref name="Key"/> until <paramref name="DueAt"/>, unless such a window is open already,
    /// or nothing came since <paramref name="LookBack"/>.
    /// </summary>
    public sealed record Gathering(string Key, DateTimeOffset DueAt, LookBack? LookBack = null) : StepOutcome;

    /// <summary>Cannot be decided before webhooks have been asked.</summary>
    public sealed record Asking(IReadOnlyList<string> Urls) : StepOutcome;

    /// <summary>
    /// Something has to leave the process; <paramref name="WhenItFails"/> is what the trace says beside the single failures when
    /// the step fails by them.
    /// </summary>
    public sealed record Sending(IReadOnlyList<Dispatch> Dispatches, Detail? WhenItFails = null) : StepOutcome
    {
        /// <summary>Whether one that fails is a failure of the step, and not only when all do.</summary>
        public bool NeedsAll { get; init; }

        /// <summary>The messages that are told of when everything is settled, because they stand for several sends.</summary>
        public Func<IReadOnlyCollection<Message>> Messages { get; init; } = () => [];
    }
}

/// <summary>
/// One message on its way out: through which account, the call itself, and the row that tells of it in the end, where it is
/// told of alone. <paramref name="Ordinal"/> names it among the step's messages.
/// </summary>
public sealed record Dispatch(
    int Ordinal,
    Integration Integration,
    Func<CancellationToken, Task<SendResult>> SendAsync,
    Func<SendResult, Message>? ToMessage)
{
    /// <summary>The device it is for, where a message goes to several: each is an attempt of its own.</summary>
    public string? Device { get; init; }

    /// <summary>The same message through the channel's other integrations, in the order in which they are tried.</summary>
    public Func<IEnumerable<Dispatch>> Others { get; init; } = () => [];

    /// <summary>Whether it goes to an address of the subscriber's own, so that its failure says nothing of the integration.</summary>
    public bool HasOwnAddress { get; init; }

    public SendKey Key => new(Ordinal, Device);
}

/// <summary>Names one send of a step.</summary>
public readonly record struct SendKey(int Ordinal, string? Device);
