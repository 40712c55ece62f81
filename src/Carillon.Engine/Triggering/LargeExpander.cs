using Carillon.Data.Execution;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Triggering;

/// <summary>
/// Where large events go on. Environments take turns, a page each; so do the events of one environment, of which a few are under way at
/// once, so that whoever has many leaves room for whoever has one. While small events come, pages are as short as theirs and wait for
/// them: both lines share the database and its disk, and whatever a small one commits goes to the disk behind what a large one has just
/// written.
/// </summary>
public sealed class LargeExpander : Expander
{
    private const int PerEnvironment = 4;
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(1);

    private readonly RightOfWay _way;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private long _came;
    private long _cameBefore;

    public LargeExpander(IEngineStore store, PageBuilder pages, RightOfWay way, EngineRuntime engine, ILogger<LargeExpander> logger)
        : base(store, pages, engine, logger)
    {
        (_way, _clock) = (way, engine.Clock);
        engine.Hints.EventsDue += NoteOne;
        engine.Hints.LargeEventsDue += TakeOneBack;
    }

    protected override bool Large => true;

    protected override int PageSize => SmallOnesCome ? ShortPage : Options.PageSize;

    private bool SmallOnesCome
    {
        get
        {
            lock (_lock) return _clock.GetElapsedTime(_came) < Lately;
        }
    }

    private protected override Task GiveWayAsync(CancellationToken ct) => _way.Free.WaitAsync(ct);

    private protected override EventClaim Ask(Claim claim, string after) => new(claim, Large, after)
    {
        Each = PerEnvironment,
        Except = [.. UnderWay.CountBy(work => work.Event.EnvironmentId).Where(held => held.Value >= PerEnvironment).Select(held => held.Key)],
    };

    // Whoever had a page stands behind the others of its environment.
    private protected override IReadOnlyList<List<EventWork>> NextPages(IReadOnlyList<EventWork> underWay) =>
        [.. underWay.GroupBy(work => work.Event.EnvironmentId).Select(same => new List<EventWork> { same.MinBy(work => work.Pages)! })];

    private void NoteOne()
    {
        lock (_lock) (_cameBefore, _came) = (_came, _clock.GetTimestamp());
    }

    // All begin as small ones: what has turned out to be large since was none.
    private void TakeOneBack()
    {
        lock (_lock) _came = _cameBefore;
    }
}
