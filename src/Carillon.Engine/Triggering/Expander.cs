using System.Security.Cryptography;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Running;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Triggering;

/// <summary>
/// Turns events into runs, page by page. A page is one transaction with the event's cursor in it, so that a crash resumes exactly where
/// the last page ended. Small and large events are expanded by loops of their own, so that a million recipients do not keep one waiting.
/// </summary>
public abstract partial class Expander : EngineLoop
{
    private const int MostAttempts = 10;

    private readonly IEngineStore _store;
    private readonly PageBuilder _pages;
    private readonly EngineRuntime _engine;
    private readonly ILogger _logger;
    private readonly List<EventWork> _underWay = [];
    private readonly List<EventWork> _lost = [];
    private string _after = "";

    protected Expander(IEngineStore store, PageBuilder pages, EngineRuntime engine, ILogger logger) : base(engine, logger)
    {
        (_store, _pages, _engine, _logger) = (store, pages, engine, logger);
        engine.Hints.EventsDue += Wake;
    }

    /// <summary>Which of the two lines it serves.</summary>
    protected abstract bool Large { get; }

    /// <summary>How many recipients of one event a page has.</summary>
    protected abstract int PageSize { get; }

    protected EngineOptions Options => _engine.Options;

    private protected IReadOnlyList<EventWork> UnderWay => _underWay;

    /// <summary>Whose events to claim, beginning behind this environment.</summary>
    private protected abstract EventClaim Ask(Claim claim, string after);

    /// <summary>Which events get a page now, and which of them share one.</summary>
    private protected abstract IReadOnlyList<List<EventWork>> NextPages(IReadOnlyList<EventWork> underWay);

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        await ReleaseAsync(ct);
        await ClaimAsync(ct);
        if (_underWay.Count == 0) return RestUntil(NextOf(await _store.NextDueAsync(ct)));

        foreach (var group in NextPages(_underWay))
            await ExpandAsync(group, ct);
        return TimeSpan.Zero;
    }

    // Nobody waits until a lease ends that nobody uses.
    private async Task ReleaseAsync(CancellationToken ct)
    {
        if (_lost.Count == 0) return;

        await _store.ReleaseEventsAsync([.. _lost.Select(work => work.Event)], _engine.Clock.GetUtcNow(), ct);
        _lost.Clear();
    }

    private async Task ClaimAsync(CancellationToken ct)
    {
        var room = _engine.Options.EventsAtOnce - _underWay.Count;
        if (room <= 0) return;

        var now = _engine.Clock.GetUtcNow();
        var claim = new Claim(RandomNumberGenerator.GetInt32(int.MaxValue), now, now + _engine.Options.Lease, room);
        var taken = await _store.ClaimEventsAsync(Ask(claim, _after), ct);
        _underWay.AddRange(taken.Select(one => new EventWork(one, claim.Token)));

        // Whoever did not fit in has the next turn.
        _after = taken.Count == room ? taken.Select(one => one.EnvironmentId).Max(StringComparer.Ordinal)! : "";
    }

    private DateTimeOffset? NextOf(NextDue next) => Large ? next.LargeEvent : next.SmallEvent;

    private async Task ExpandAsync(List<EventWork> group, CancellationToken ct)
    {
        try
        {
            await CommitAsync(await _pages.BuildAsync(group, new(PageSize, Large, _engine.Clock.GetUtcNow(), Options.Lease), ct), ct);
        }
        catch (Exception failure) when (group.Count > 1 && IsOfTheEvent(failure))
        {
            // One of them is to blame, and only that one shall wait.
            foreach (var work in group)
                await ExpandAsync([work], ct);
        }
        catch (Exception failure) when (group.Count == 1 && IsOfTheEvent(failure))
        {
            Log.ExpansionFailed(_logger, group[0].Event.Id, failure);
            await PostponeAsync(group[0], failure, ct);
        }
        catch
        {
            // The database did not answer, or its answer was lost: where they stand is written there.
            _lost.AddRange(_underWay);
            _underWay.Clear();
            throw;
        }
    }

    private async Task CommitAsync(BuiltPage page, CancellationToken ct)
    {
        var held = await _store.CommitPageAsync(page.Rows, ct);
        _engine.Metrics.Expanded(page.Rows.Runs.Count(run => held.Contains(run.EventId)));
        foreach (var (work, recipients) in page.Pages)
        {
            work.MoveOn(recipients);
            if (!page.Kept.Contains(work) || !held.Contains(work.Event.Id)) _underWay.Remove(work);
        }

        if (page.Rows.Events.Any(e => e.Large && !e.Keep)) _engine.Hints.TellEventsDue();
        if (page.Rows.Runs.Any(run => run.DueAt is not null)) _engine.Hints.TellRunsDue();
        if (page.Rows.News.Count > 0) _engine.Hints.TellOutgoingDue();
        foreach (var message in page.Rows.Messages)
            _engine.Hints.TellMessage(message);
    }

    private async Task PostponeAsync(EventWork work, Exception failure, CancellationToken ct)
    {
        _underWay.Remove(work);
        var attempt = (short)(work.Event.Attempt + 1);
        var gaveUp = attempt >= MostAttempts;
        var progress = new EventProgress(
            work.Event.EnvironmentId,
            work.Event.Id,
            work.Token,
            Keep: false,
            gaveUp ? EventStatus.Failed : EventStatus.Pending,
            JsonColumn.Write(work.Cursor),
            gaveUp ? null : _engine.Clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(2, attempt)),
            RunsAdded: 0,
            work.ProblemsWith(gaveUp ? [new("", $"Expansion failed: {failure.Message}")] : []),
            attempt)
        {
            Large = Large,
        };
        await _store.CommitPageAsync(new([progress], [], []), ct);
    }

    private static bool IsOfTheEvent(Exception failure) =>
        failure is not OperationCanceledException && failure is not System.Data.Common.DbException { IsTransient: true };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Event {EventId} could not be expanded and will be tried again later.")]
        public static partial void ExpansionFailed(ILogger logger, string eventId, Exception failure);
    }
}
