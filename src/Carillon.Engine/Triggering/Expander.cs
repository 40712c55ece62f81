using System.Security.Cryptography;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Running;
using Carillon.Engine.Tenants;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Triggering;

/// <summary>
/// Turns events into runs. Events under way take turns, a page each, so that a million recipients do not keep one waiting; a page
/// is one transaction with the event's cursor in it, so that a crash resumes exactly where the last page ended.
/// </summary>
public sealed partial class Expander : EngineLoop
{
    private const int MostAttempts = 10;

    private readonly IEngineStore _store;
    private readonly TenantUpdate _tenants;
    private readonly PageBuilder _pages;
    private readonly EngineRuntime _engine;
    private readonly ILogger<Expander> _logger;
    private readonly List<EventWork> _underWay = [];

    public Expander(IEngineStore store, TenantUpdate tenants, PageBuilder pages, EngineRuntime engine, ILogger<Expander> logger)
        : base(engine, logger)
    {
        (_store, _tenants, _pages, _engine, _logger) = (store, tenants, pages, engine, logger);
        engine.Hints.EventsDue += Wake;
    }

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        await ClaimAsync(ct);
        if (_underWay.Count == 0) return RestUntil((await _store.NextDueAsync(ct)).Event);

        foreach (var group in Turns())
            await ExpandAsync(group, ct);
        return TimeSpan.Zero;
    }

    private async Task ClaimAsync(CancellationToken ct)
    {
        var room = _engine.Options.EventsAtOnce - _underWay.Count;
        if (room <= 0) return;

        var now = _engine.Clock.GetUtcNow();
        var claim = new Claim(RandomNumberGenerator.GetInt32(int.MaxValue), now, now + _engine.Options.Lease, room);
        foreach (var claimed in await _store.ClaimEventsAsync(claim, ct))
            _underWay.Add(new(claimed, claim.Token));
    }

    // Small events share a transaction; a large one fills its page alone.
    private List<List<EventWork>> Turns()
    {
        List<List<EventWork>> groups = [];
        var recipients = int.MaxValue;
        foreach (var work in _underWay)
        {
            var expected = Math.Min(work.Recipients.Expected, _engine.Options.PageSize);
            if (recipients + (long)expected > _engine.Options.PageSize) (recipients, groups) = (0, [.. groups, []]);
            recipients += expected;
            groups[^1].Add(work);
        }

        return groups;
    }

    private async Task ExpandAsync(List<EventWork> group, CancellationToken ct)
    {
        try
        {
            await _tenants.ApplyAsync(group.Where(work => work.IsNew).Select(work => (work.Event, work.Content)), ct);
            var page = await _pages.BuildAsync(group, _engine.Options.PageSize, _engine.Clock.GetUtcNow() + _engine.Options.Lease, ct);
            await CommitAsync(page, ct);
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
            if (work.Cursor is null || !held.Contains(work.Event.Id)) _underWay.Remove(work);
        }

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
            attempt);
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
