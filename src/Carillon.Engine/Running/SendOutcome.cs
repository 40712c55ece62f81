using Carillon.Engine.Steps;

namespace Carillon.Engine.Running;

/// <summary>How a try to send a step's messages ended.</summary>
internal abstract record SendOutcome
{
    /// <summary>Nothing is left to send; the step ends like this.</summary>
    public sealed record Over(StepOutcome Step) : SendOutcome;

    /// <summary>Some provider could not take it now.</summary>
    public sealed record Again(TimeSpan Wait) : SendOutcome;

    /// <summary>Not even tried: the integration has enough to do, or asked for a rest.</summary>
    public sealed record Postponed(TimeSpan Wait) : SendOutcome;

    /// <summary>The run is no longer ours, or was cancelled: whoever holds it goes on from what is stored.</summary>
    public sealed record Lost : SendOutcome;

    /// <summary>Of two sends of a step that both have to wait: an attempt counts, and the longer wait holds.</summary>
    public static SendOutcome? Later(SendOutcome? one, SendOutcome? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        (Postponed first, Postponed second) => new Postponed(Longer(first.Wait, second.Wait)),
        _ => new Again(Longer(WaitOf(one), WaitOf(other))),
    };

    private static TimeSpan WaitOf(SendOutcome outcome) => outcome switch
    {
        Again again => again.Wait,
        Postponed postponed => postponed.Wait,
        _ => TimeSpan.Zero,
    };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
