using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Running;

namespace Carillon.Engine.Triggering;

public abstract partial class Expander
{
    private PageInWriting? _writing;

    // A page is made while the one before is written, and is of no use unless that one was.
    private async Task ExpandAsync(List<EventWork> group, CancellationToken ct)
    {
        var building = _pages.BuildAsync(group, new(PageSize, Large, _engine.Clock.GetUtcNow(), Options.Lease), ct);
        await Task.WhenAny(building);
        if (!await WrittenAsync(ct)) return;

        try
        {
            Write(group, await building, ct);
        }
        catch (Exception failure) when (IsOfTheEvent(failure))
        {
            await BlameAsync(group, failure, ct);
        }
    }

    private void Write(List<EventWork> group, BuiltPage page, CancellationToken ct)
    {
        foreach (var (work, recipients) in page.Pages)
            work.Write(recipients, page.Kept.Contains(work));
        _writing = new(group, page, _engine.Start(() => _store.CommitPageAsync(page.Rows, ct)), _engine.Activity.Begin());
    }

    /// <summary>Ends the page that is being written, if one is; false where not all of it was written.</summary>
    private async Task<bool> WrittenAsync(CancellationToken ct)
    {
        if (_writing is not { } writing) return true;

        _writing = null;
        using var busy = writing.Busy;
        try
        {
            return Conclude(writing.Page, await writing.Held);
        }
        catch (Exception failure) when (IsOfTheEvent(failure))
        {
            await BlameAsync(writing.Group, failure, ct);
            return false;
        }
    }

    private bool Conclude(BuiltPage page, IReadOnlySet<string> held)
    {
        _engine.Metrics.Expanded(page.Rows.Runs.Count(run => held.Contains(run.EventId)));
        foreach (var work in page.Pages.Keys)
        {
            work.MoveOn();
            if (!held.Contains(work.Event.Id)) work.End();
            if (!work.GoesOn) _underWay.Remove(work);
        }

        Tell(page.Rows);
        return page.Pages.Keys.All(work => held.Contains(work.Event.Id));
    }

    private void Tell(ExpansionPage page)
    {
        if (page.Events.Any(e => e.Large && !e.Keep)) _engine.Hints.TellLargeEventsDue();
        if (page.Runs.Any(run => run.DueAt is not null)) _engine.Hints.TellRunsDue();
        if (page.News.Count > 0) _engine.Hints.TellOutgoingDue();
        foreach (var message in page.Messages)
            _engine.Hints.TellMessage(message);
    }

    // Of several one is to blame, and only that one shall wait.
    private async Task BlameAsync(List<EventWork> group, Exception failure, CancellationToken ct)
    {
        group.ForEach(work => work.FallBack());
        if (group.Count == 1)
        {
            Log.ExpansionFailed(_logger, group[0].Event.Id, failure);
            await PostponeAsync(group[0], failure, ct);
            return;
        }

        foreach (var work in group)
            await ExpandAsync([work], ct);
    }

    private async Task PostponeAsync(EventWork work, Exception failure, CancellationToken ct)
    {
        work.End();
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

    /// <summary>A page on its way into the database, which answers whose leases held.</summary>
    private sealed record PageInWriting(List<EventWork> Group, BuiltPage Page, Task<IReadOnlySet<string>> Held, EngineActivity.Piece Busy);
}
