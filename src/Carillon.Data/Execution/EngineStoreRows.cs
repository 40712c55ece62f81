using Carillon.Data.Messages;
using Carillon.Data.Outgoing;

namespace Carillon.Data.Execution;

/// <summary>A lease in the making: whoever commits with this token before <paramref name="Until"/> may; later, somebody else may have it.</summary>
public sealed record Claim(long Token, DateTimeOffset Now, DateTimeOffset Until, int Limit)
{
    /// <summary>For runs: the environments that share it evenly, small events of each first; none for whatever has been due longest.</summary>
    public IReadOnlyCollection<string> Among { get; init; } = [];
}

/// <summary>
/// A claim of events of one line. Environments share it evenly, in the order of their ids, beginning behind <paramref name="After"/>.
/// </summary>
public sealed record EventClaim(Claim Claim, bool Large = false, string After = "")
{
    /// <summary>How many one environment gets at most.</summary>
    public int Each { get; init; } = int.MaxValue;

    /// <summary>Environments that have enough already.</summary>
    public IReadOnlyCollection<string> Except { get; init; } = [];

    public static implicit operator EventClaim(Claim claim) => new(claim);
}

/// <summary>Names a row together with its environment, so that no look-up by id can cross over.</summary>
public readonly record struct EnvironmentRow(string EnvironmentId, string Id);

/// <summary>Whose say counts in a run: a subscriber's, about its workflow.</summary>
public readonly record struct PreferenceOwner(string EnvironmentId, string SubscriberId, string WorkflowId);

/// <summary>
/// How far one event has come with this page. <paramref name="Keep"/> holds the lease on, until <paramref name="DueAt"/>, for the next page.
/// </summary>
public sealed record EventProgress(
    string EnvironmentId,
    string EventId,
    long Token,
    bool Keep,
    EventStatus Status,
    string? Cursor,
    DateTimeOffset? DueAt,
    int RunsAdded,
    string? Problems,
    short Attempt)
{
    /// <summary>Whether it waits in the line of large events from now on.</summary>
    public bool Large { get; init; }
}

/// <summary>One page of expansion: written whole, or not at all for an event that was taken away.</summary>
public sealed record ExpansionPage(
    IReadOnlyList<EventProgress> Events,
    IReadOnlyList<Run> Runs,
    IReadOnlyList<Message> Messages)
{
    /// <summary>Those of the runs that have come to a digest step.</summary>
    public IReadOnlyList<Gathering> Gatherings { get; init; } = [];

    /// <summary>What endpoints are told of it.</summary>
    public IReadOnlyList<RunNews> News { get; init; } = [];
}

/// <summary>
/// Where claimed runs stand now, each of them once, with the messages that came of it. Each run still carries the token of its claim.
/// </summary>
public sealed record RunBatch(
    DateTimeOffset Now,
    IReadOnlyList<Run> Runs,
    IReadOnlyList<Message> Messages)
{
    /// <summary>Those of the runs that have come to a digest step.</summary>
    public IReadOnlyList<Gathering> Gatherings { get; init; } = [];

    /// <summary>What endpoints are told of it.</summary>
    public IReadOnlyList<RunNews> News { get; init; } = [];
}

public readonly record struct NextDue(DateTimeOffset? SmallEvent, DateTimeOffset? LargeEvent, DateTimeOffset? Run)
{
    public DateTimeOffset? Event => SmallEvent is null || LargeEvent < SmallEvent ? LargeEvent : SmallEvent;

    /// <summary>How long the most overdue of them has been due; what is due in the future is not late.</summary>
    public TimeSpan LagAt(DateTimeOffset now)
    {
        var first = Event is null || Run < Event ? Run : Event;
        return first < now ? now - first.Value : TimeSpan.Zero;
    }
}

/// <summary>What is older than these instants may go.</summary>
public sealed record PruneHorizon(
    DateTimeOffset Now,
    DateTimeOffset Runs,
    DateTimeOffset InAppMessages,
    DateTimeOffset OtherMessages,
    DateTimeOffset Events,
    DateTimeOffset Outgoing);
