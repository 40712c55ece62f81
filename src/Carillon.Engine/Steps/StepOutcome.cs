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

    /// <summary>Could not be done, and never will be.</summary>
    public sealed record Failed(Detail Why, string? Raw = null, Message? Message = null) : StepOutcome;

    /// <summary>Cannot be decided before webhooks have been asked.</summary>
    public sealed record Asking(IReadOnlyList<string> Urls) : StepOutcome;

    /// <summary>Something has to leave the process; <paramref name="WhenAllFail"/> is why the step fails if none of it arrives.</summary>
    public sealed record Sending(IReadOnlyList<Dispatch> Dispatches, Detail WhenAllFail) : StepOutcome;
}

/// <summary>
/// One message on its way out: through which account, the call itself, and the row that tells of it in the end.
/// <paramref name="Ordinal"/> names it among the step's messages.
/// </summary>
public sealed record Dispatch(
    int Ordinal,
    Integration Integration,
    Func<CancellationToken, Task<SendResult>> SendAsync,
    Func<SendResult, Message> ToMessage);
