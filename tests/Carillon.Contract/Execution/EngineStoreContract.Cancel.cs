using Carillon.Data.Execution;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task Cancelling_an_event_that_nobody_has_looked_at_ends_it()
    {
        var e = _rows.Event(Here);
        await Store.AcceptAsync([e], Ct);

        Assert.True(await Store.CancelAsync(Here, e.Id, Now, Ct));

        var stored = (await StoredEventAsync(e))!;
        Assert.Equal((EventStatus.Cancelled, null), (stored.Status, stored.DueAt));
        Assert.Empty(await Store.ClaimEventsAsync(ClaimAt(Now.AddYears(1)), Ct));
    }

    [Fact]
    public async Task Cancelling_an_event_half_way_stops_the_runs_it_already_has()
    {
        var e = await ClaimedEventAsync();
        var half = SampleRows.Expanded(e) with { Keep = true, Status = EventStatus.Pending, DueAt = Now.AddMinutes(1) };
        var run = _rows.Run(e, dueAt: Now.AddDays(7));
        await Store.CommitPageAsync(new([half], [run], []), Ct);

        Assert.True(await Store.CancelAsync(Here, e.Id, Now, Ct));

        Assert.Equal(EventStatus.Cancelled, (await StoredEventAsync(e))!.Status);
        Assert.Equal((true, Now), ((await StoredRunAsync(run))!.CancelRequested, (await StoredRunAsync(run))!.DueAt));
    }

    [Fact]
    public async Task Cancelling_makes_waiting_runs_due_and_leaves_ended_ones_alone()
    {
        var e = await ClaimedEventAsync();
        var waiting = _rows.Run(e, dueAt: Now.AddDays(7));
        var parked = _rows.Run(e);
        parked.DueAt = null;
        var ended = _rows.Run(e);
        (ended.Status, ended.DueAt) = (RunStatus.Finished, null);
        await Store.CommitPageAsync(new([SampleRows.Expanded(e)], [waiting, parked, ended], []), Ct);

        Assert.True(await Store.CancelAsync(Here, e.Id, Now, Ct));

        var due = await Store.ClaimRunsAsync(ClaimAt(Now, token: 2), Ct);
        Assert.Equal(new[] { waiting.Id, parked.Id }.Order(), due.Select(run => run.Id).Order());
        Assert.All(due, run => Assert.True(run.CancelRequested));
        Assert.Equivalent(ended, await StoredRunAsync(ended), strict: true);
        Assert.Equal(EventStatus.Expanded, (await StoredEventAsync(e))!.Status);
    }

    [Fact]
    public async Task Cancelling_leaves_a_claimed_run_to_its_holder_and_to_the_end_of_its_lease()
    {
        var (e, _) = await ExpandedEventAsync(1);
        var run = await ClaimOneAsync(token: 5);

        Assert.True(await Store.CancelAsync(Here, e.Id, Now, Ct));

        Assert.Empty(await Store.ClaimRunsAsync(ClaimAt(Now, token: 6), Ct));
        Assert.Empty(await Store.HeldAsync([run], Ct));
        var rescued = Assert.Single(await Store.ClaimRunsAsync(ClaimAt(Now.AddMinutes(1), token: 7), Ct));
        Assert.True(rescued.CancelRequested);
    }

    [Fact]
    public async Task Cancelling_what_is_over_cancelled_or_unknown_stops_nothing()
    {
        var (e, runs) = await ExpandedEventAsync(1);
        Assert.False(await Store.CancelAsync(Here, "unknown", Now, Ct));

        Assert.True(await Store.CancelAsync(Here, e.Id, Now, Ct));
        Assert.False(await Store.CancelAsync(Here, e.Id, Now, Ct));

        var (over, _) = await ExpandedEventAsync(0);
        Assert.False(await Store.CancelAsync(Here, over.Id, Now, Ct));
        Assert.NotNull(await StoredRunAsync(runs[0]));
    }

    [Fact]
    public async Task Cancelling_stays_inside_its_environment_and_transaction()
    {
        var (here, hereRuns) = await ExpandedEventAsync(1);
        var (_, otherRuns) = await ExpandedEventAsync(1);

        Assert.False(await Store.CancelAsync(Elsewhere, here.Id, Now, Ct));
        Assert.False((await StoredRunAsync(hereRuns[0]))!.CancelRequested);

        Assert.True(await Store.CancelAsync(Here, here.Id, Now, Ct));
        Assert.False((await StoredRunAsync(otherRuns[0]))!.CancelRequested);
    }

    [Fact]
    public async Task A_cancel_beside_a_page_either_refuses_the_page_or_stops_its_runs()
    {
        for (var round = 0; round < 40; round++)
        {
            var e = await ClaimedEventAsync();
            var run = _rows.Run(e, dueAt: Now.AddDays(1));
            var progress = SampleRows.Expanded(e) with { RunsAdded = 1 };

            var page = Task.Run(() => Store.CommitPageAsync(new([progress], [run], []), Ct), Ct);
            var cancel = Task.Run(() => Store.CancelAsync(Here, e.Id, Now, Ct), Ct);

            var written = (await page).Contains(e.Id);
            Assert.True(await cancel);
            Assert.Equal(written ? true : null, (await StoredRunAsync(run))?.CancelRequested);
        }
    }

    [Fact]
    public async Task A_cancel_beside_a_commit_of_many_runs_makes_all_of_them_due_at_once()
    {
        for (var round = 0; round < 20; round++)
        {
            var (e, _) = await ExpandedEventAsync(150);
            var claimed = await Store.ClaimRunsAsync(ClaimAt(Now, limit: 1000), Ct);
            Run[] runs = [.. claimed.Where(run => run.EventId == e.Id).OrderDescending(ById)];
            foreach (var run in runs)
                run.DueAt = Now.AddDays(1);

            var commit = Task.Run(() => Store.CommitRunsAsync(new(Now, runs, []), Ct), Ct);
            var cancel = Task.Run(() => Store.CancelAsync(Here, e.Id, Now, Ct), Ct);

            Assert.Equal(runs.Length, (await commit).Count);
            Assert.True(await cancel);
            var due = await Store.ClaimRunsAsync(ClaimAt(Now, token: 2, limit: 1000), Ct);
            Assert.Equal(runs.Length, due.Count(run => run.CancelRequested && run.EventId == e.Id));
        }
    }

    private static Comparer<Run> ById { get; } = Comparer<Run>.Create((a, b) => string.CompareOrdinal(a.Id, b.Id));
}
