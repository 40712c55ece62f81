using Carillon.Data.Execution;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task Claiming_events_takes_the_oldest_that_are_due_in_their_order()
    {
        Event[] events = [.. new[] { 3, 1, 2, 5, 4 }.Select(minutes => _rows.Event(Here, dueAt: Now.AddMinutes(-minutes)))];
        await Store.AcceptAsync(events, Ct);

        var claimed = await Store.ClaimEventsAsync(ClaimAt(Now, limit: 3), Ct);

        Assert.Equal([events[3].Id, events[4].Id, events[0].Id], claimed.Select(e => e.Id));
    }

    [Fact]
    public async Task Claiming_events_is_neither_early_nor_late()
    {
        await Store.AcceptAsync([_rows.Event(Here, dueAt: Now)], Ct);

        Assert.Empty(await Store.ClaimEventsAsync(ClaimAt(Now.AddMilliseconds(-1)), Ct));
        Assert.Single(await Store.ClaimEventsAsync(ClaimAt(Now), Ct));
    }

    [Fact]
    public async Task A_claimed_event_carries_its_claim_and_is_due_again_when_that_ends()
    {
        var first = await ClaimedEventAsync(token: 11);
        Assert.Equal(11, first.LeaseToken);
        Assert.Equal(Now.AddMinutes(1), first.DueAt);

        Assert.Empty(await Store.ClaimEventsAsync(ClaimAt(Now.AddSeconds(59), token: 12), Ct));
        var again = Assert.Single(await Store.ClaimEventsAsync(ClaimAt(Now.AddMinutes(1), token: 13), Ct));

        Assert.Equal(first.Id, again.Id);
        Assert.Equal(13, again.LeaseToken);
    }

    [Fact]
    public async Task A_released_event_is_due_at_once()
    {
        var (here, elsewhere) = (await ClaimedEventAsync(token: 11), await ClaimedEventAsync(token: 12, Elsewhere));

        await Store.ReleaseEventsAsync([here, elsewhere], Now, Ct);

        Assert.Equal(2, (await Store.ClaimEventsAsync(ClaimAt(Now, token: 13), Ct)).Count);
    }

    [Fact]
    public async Task An_event_that_is_over_or_somebody_elses_is_not_released()
    {
        var over = await ClaimedEventAsync(token: 11);
        await Store.CommitPageAsync(new([SampleRows.Expanded(over)], [], []), Ct);
        var lost = await ClaimedEventAsync(token: 12);
        Assert.Single(await Store.ClaimEventsAsync(ClaimAt(Now.AddMinutes(1), token: 13), Ct));

        await Store.ReleaseEventsAsync([over, lost], Now, Ct);

        Assert.Empty(await Store.ClaimEventsAsync(ClaimAt(Now.AddMinutes(1), token: 14), Ct));
    }

    [Fact]
    public async Task Claims_look_across_environments()
    {
        await Store.AcceptAsync([_rows.Event(Here), _rows.Event(Elsewhere)], Ct);

        Assert.Equal([Here, Elsewhere], (await Store.ClaimEventsAsync(ClaimAt(Now), Ct)).Select(e => e.EnvironmentId).Order());
    }

    [Fact]
    public async Task Two_claimers_never_share_an_event()
    {
        await Store.AcceptAsync([.. Enumerable.Range(0, 300).Select(_ => _rows.Event(Here))], Ct);

        var taken = await ClaimAtOnceAsync(async token => (await Store.ClaimEventsAsync(ClaimAt(Now, token, limit: 7), Ct)).Select(e => e.Id));

        Assert.Equal(300, taken.Count);
        Assert.Equal(300, taken.Distinct().Count());
    }

    [Fact]
    public async Task Two_claimers_never_share_a_run()
    {
        await ExpandedEventAsync(300);

        var taken = await ClaimAtOnceAsync(
            async token => (await Store.ClaimRunsAsync(ClaimAt(Now, token, limit: 7), Ct)).Select(run => run.Id));

        Assert.Equal(300, taken.Count);
        Assert.Equal(300, taken.Distinct().Count());
    }

    [Fact]
    public async Task Claiming_runs_takes_the_longest_overdue_in_their_order()
    {
        var e = await ClaimedEventAsync();
        Run[] runs = [.. new[] { 3, 1, 2, 5, 4 }.Select(minutes => _rows.Run(e, dueAt: Now.AddMinutes(-minutes), bucket: (byte)minutes))];
        await Store.CommitPageAsync(new([SampleRows.Expanded(e)], runs, []), Ct);

        var claimed = await Store.ClaimRunsAsync(ClaimAt(Now, limit: 3), Ct);

        Assert.Equal([runs[3].Id, runs[4].Id, runs[0].Id], claimed.Select(run => run.Id));
    }

    [Fact]
    public async Task Claiming_runs_is_neither_early_nor_late()
    {
        await ExpandedEventAsync(1);

        Assert.Empty(await Store.ClaimRunsAsync(ClaimAt(Now.AddMilliseconds(-1)), Ct));
        Assert.Single(await Store.ClaimRunsAsync(ClaimAt(Now), Ct));
    }

    [Fact]
    public async Task A_claimed_run_is_the_stored_one_with_the_claim_on_it()
    {
        var (_, runs) = await ExpandedEventAsync(1);

        var claimed = Assert.Single(await Store.ClaimRunsAsync(ClaimAt(Now, token: 21), Ct));

        Assert.Equal((21, Now.AddMinutes(1)), (claimed.LeaseToken, claimed.DueAt));
        Assert.Equivalent(await StoredRunAsync(runs[0]), claimed, strict: true);
    }

    [Fact]
    public async Task A_run_says_of_each_holder_that_vanished_that_it_did()
    {
        await ExpandedEventAsync(1);
        var first = await ClaimedAsync(Now, token: 1);
        Assert.Empty(CutOff(first));

        var rescued = await ClaimedAsync(Now.AddMinutes(2), token: 2);
        Assert.Equal([At(2)], CutOff(rescued));
        var rescuedAgain = await ClaimedAsync(Now.AddMinutes(4), token: 3);
        Assert.Equal([At(2), At(4)], CutOff(rescuedAgain));
        Assert.Equivalent(await StoredRunAsync(rescuedAgain), rescuedAgain, strict: true);

        rescuedAgain.DueAt = Now.AddMinutes(5);
        await Store.CommitRunsAsync(new(Now.AddMinutes(4), [rescuedAgain], []), Ct);
        Assert.Equal([At(2), At(4)], CutOff(await ClaimedAsync(Now.AddMinutes(5), token: 4)));

        async Task<Run> ClaimedAsync(DateTimeOffset now, long token) =>
            Assert.Single(await Store.ClaimRunsAsync(ClaimAt(now, token), Ct));

        TraceLine At(int minutes) =>
            new(Detail.OutcomeUnknown, first.Step, (long)(Now.AddMinutes(minutes) - first.CreatedAt).TotalMilliseconds);
    }

    private static IEnumerable<TraceLine> CutOff(Run run) => Trace.Read(run.Trace).Where(line => line.Detail == Detail.OutcomeUnknown);

    [Fact]
    public async Task What_waits_for_nothing_is_never_claimed()
    {
        var e = await ClaimedEventAsync();
        var run = _rows.Run(e);
        run.DueAt = null;
        await Store.CommitPageAsync(new([SampleRows.Expanded(e)], [run], []), Ct);

        Assert.Empty(await Store.ClaimRunsAsync(ClaimAt(Now.AddYears(9)), Ct));
        Assert.Empty(await Store.ClaimEventsAsync(ClaimAt(Now.AddYears(9)), Ct));
    }

    [Fact]
    public async Task Nothing_is_next_when_nothing_waits() => Assert.Equal(new NextDue(null, null, null), await Store.NextDueAsync(Ct));

    [Fact]
    public async Task Next_due_is_the_earliest_of_each_kind_claimed_ones_included()
    {
        var e = await ClaimedEventAsync();
        await Store.AcceptAsync([_rows.Event(Here, dueAt: Now.AddHours(5)), _rows.Event(Elsewhere, dueAt: Now.AddHours(4))], Ct);
        Assert.Equal(new NextDue(Now.AddMinutes(1), null, null), await Store.NextDueAsync(Ct));

        Run[] runs = [_rows.Run(e, dueAt: Now.AddHours(3)), _rows.Run(e, dueAt: Now.AddHours(2))];
        await Store.CommitPageAsync(new([SampleRows.Expanded(e)], runs, []), Ct);

        Assert.Equal(new NextDue(Now.AddHours(4), null, Now.AddHours(2)), await Store.NextDueAsync(Ct));
    }

    /// <summary>Eight claimers take until nothing is left.</summary>
    private static async Task<List<string>> ClaimAtOnceAsync(Func<long, Task<IEnumerable<string>>> claim)
    {
        var taken = await Task.WhenAll(Enumerable.Range(1, 8).Select(claimer => Task.Run(() => TakeAllAsync(claimer), Ct)));
        return [.. taken.SelectMany(ids => ids)];

        async Task<List<string>> TakeAllAsync(int claimer)
        {
            var mine = new List<string>();
            while (true)
            {
                var before = mine.Count;
                mine.AddRange(await claim(claimer));
                if (mine.Count == before) return mine;
            }
        }
    }
}
