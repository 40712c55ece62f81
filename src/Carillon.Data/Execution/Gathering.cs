namespace Carillon.Data.Execution;

/// <summary>Where a run stands after a step: what differs in its row from one possible future to another.</summary>
public sealed record Standing(RunStatus Status, short Step, string States, string Trace, DateTimeOffset? DueAt);

/// <summary>
/// How far back a digest step looks: with nothing since <paramref name="Since"/>, what comes <paramref name="At"/> passes.
/// </summary>
public sealed record LookBack(DateTimeOffset At, DateTimeOffset Since, DateTimeOffset ExpiresAt);

/// <summary>
/// A run that has come to a digest step. Whether it opens a window, joins one or passes can only be told in the transaction that
/// writes it; each future is prepared beforehand, and the store takes the one that came true.
/// </summary>
public sealed class Gathering(Run run, DigestPlace place, DateTimeOffset dueAt, LookBack? lookBack = null)
{
    private readonly string? _ledBefore = run.DigestId;

    public Run Run => run;
    public DigestPlace Place => place;
    public DateTimeOffset DueAt => dueAt;
    public LookBack? LookBack => lookBack;

    /// <summary>The id its window has if it opens one: always the same, however often it is tried.</summary>
    public string NewDigestId { get; } = RunIds.Job(run.Id, run.Step);

    /// <summary>The order of arrival: the second and everything before it come with the event's time, the rest with its id.</summary>
    public required (DateTimeOffset At, string Counter) Arrival { get; init; }
    public required Standing WhenLeading { get; init; }
    public required Standing WhenMerged { get; init; }
    public required Standing WhenPassing { get; init; }

    /// <summary>The window of an earlier step that this run led, all of which it brings along.</summary>
    public string? LedBefore => _ledBefore;

    internal void Pass() => Take(WhenPassing, _ledBefore);

    internal void Enter(string digestId, bool leads) => Take(leads ? WhenLeading : WhenMerged, digestId);

    /// <summary>The order in which events arrived: by time, and within a millisecond in the order in which a process accepted them.</summary>
    public static (DateTimeOffset At, string Counter) ArrivalOf(Event e) => (e.CreatedAt, e.Id[14..]);

    private void Take(Standing standing, string? digestId)
    {
        run.Status = standing.Status;
        run.Step = standing.Step;
        run.States = standing.States;
        run.Trace = standing.Trace;
        run.DueAt = standing.DueAt;
        run.DigestId = digestId;
    }
}
