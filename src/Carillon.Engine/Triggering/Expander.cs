using System.Data.Common;
using System.Security.Cryptography;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Running;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Triggering;

/// <summary>
/// Turns events into runs, page by page. A page is one transaction with the event's cursor in it, so that a crash resumes exactly where
/// the last page ended; while it is written, the next is made. Small and large events are expanded by loops of their own, so that a
/// million recipients do not keep one waiting.
/// </summary>
public abstract partial class Expander : EngineLoop
{
    private const int MostAttempts = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IEngineStore _store;
    private readonly PageBuilder _pages;
    private readonly EngineRuntime _engine;
    private readonly ILogger _logger;
    private readonly List<EventWork> _underWay = [];
    private readonly List<EventWork> _lost = [];
    private string _after = "";

    protected Expander(IEngineStore store, PageBuilder pages, EngineRuntime engine, ILogger logger) : base(engine, logger) =>
        (_store, _pages, _engine, _logger) = (store, pages, engine, logger);

    /// <summary>Which of the two lines it serves.</summary>
    protected abstract bool Large { get; }

    /// <summary>How many recipients of one event a page has.</summary>
    protected abstract int PageSize { get; }

    /// <summary>A hundredth of a second's work.</summary>
    protected int ShortPage => Math.Min(100, Options.PageSize);

    protected EngineOptions Options => _engine.Options;

    private protected IReadOnlyList<EventWork> UnderWay => _underWay;

    /// <summary>Whose events to claim, beginning behind this environment.</summary>
    private protected abstract EventClaim Ask(Claim claim, string after);

    /// <summary>Which events get a page now, and which of them share one.</summary>
    private protected abstract IReadOnlyList<List<EventWork>> NextPages(IReadOnlyList<EventWork> underWay);

    /// <summary>Waits for whoever goes first.</summary>
    private protected virtual Task GiveWayAsync(CancellationToken ct) => Task.CompletedTask;

    public override async Task RunAsync(CancellationToken stop)
    {
        if (Large) _engine.Hints.LargeEventsDue += Wake;
        else _engine.Hints.EventsDue += Wake;
        await base.RunAsync(stop);

        // A page that is being written comes to its end, and others go on behind it.
        if (_writing is { } writing) await Task.WhenAny(writing.Held);
        await LetGoAsync();
    }

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        await ReleaseAsync(ct);
        await ClaimAsync(ct);
        if (_underWay.Count == 0) return RestUntil(NextOf(await _store.NextDueAsync(ct)));

        try
        {
            foreach (var group in NextPages([.. _underWay.Where(work => work.GoesOn)]))
            {
                await GiveWayAsync(ct);
                if (group.TrueForAll(work => work.GoesOn)) await ExpandAsync(group, ct);
            }

            if (!_underWay.Exists(work => work.GoesOn)) await WrittenAsync(ct);
        }
        catch
        {
            // The database did not answer, or its answer was lost: where they stand is written there.
            _lost.AddRange(_underWay);
            _underWay.Clear();
            throw;
        }

        return TimeSpan.Zero;
    }

    // Nobody waits until a lease ends that nobody uses.
    private async Task ReleaseAsync(CancellationToken ct)
    {
        if (_lost.Count == 0) return;

        await _store.ReleaseEventsAsync([.. _lost.Select(work => work.Event)], _engine.Clock.GetUtcNow(), ct);
        _lost.Clear();
    }

    private async Task LetGoAsync()
    {
        _lost.AddRange(_underWay);
        using var patience = new CancellationTokenSource(Patience, _engine.Clock);
        try
        {
            await ReleaseAsync(patience.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or DbException)
        {
            Log.NotLetGo(_logger, _lost.Count, failure);
        }
    }

    private async Task ClaimAsync(CancellationToken ct)
    {
        var room = _engine.Options.EventsAtOnce - _underWay.Count;
        if (room <= 0) return;

        var now = _engine.Clock.GetUtcNow();
        var claim = new Claim(RandomNumberGenerator.GetInt32(int.MaxValue), now, now + _engine.Options.Lease, room);
        var taken = await _store.ClaimEventsAsync(Ask(claim, _after), ct);
        _underWay.AddRange(taken.Select(one => new EventWork(one, claim.Token)));

        // Every environment has a share of a claim. Only where it is one event and there was no room for more of them, the others are next.
        var environments = taken.Select(one => one.EnvironmentId).Distinct().ToList();
        _after = environments.Count == room ? environments.Max(StringComparer.Ordinal)! : "";
    }

    private DateTimeOffset? NextOf(NextDue next) => Large ? next.LargeEvent : next.SmallEvent;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Event {EventId} could not be expanded and will be tried again later.")]
        public static partial void ExpansionFailed(ILogger logger, string eventId, Exception failure);

        [LoggerMessage(LogLevel.Warning, "{Count} events could not be let go; they go on when their leases end.")]
        public static partial void NotLetGo(ILogger logger, int count, Exception failure);
    }
}
