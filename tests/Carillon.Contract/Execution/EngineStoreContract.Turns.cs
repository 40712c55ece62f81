using Carillon.Data.Execution;
using Carillon.Engine.Running;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    private const string Beyond = "cccccccccccccccccccccccd";

    [Fact]
    public async Task Environments_share_a_claim_of_events_however_many_one_of_them_has()
    {
        Event[] crowd = [.. Enumerable.Range(0, 50).Select(minutes => _rows.Event(Here, dueAt: Now.AddMinutes(minutes - 100)))];
        var single = _rows.Event(Elsewhere, dueAt: Now);
        await Store.AcceptAsync([.. crowd, single], Ct);

        var claimed = await Store.ClaimEventsAsync(ClaimAt(Now, limit: 10), Ct);

        Assert.Equal([.. crowd.Take(5).Select(e => e.Id), single.Id], claimed.Select(e => e.Id));
    }

    [Fact]
    public async Task A_claim_of_events_begins_behind_whoever_had_the_last_turn()
    {
        await Store.AcceptAsync([_rows.Event(Here), _rows.Event(Elsewhere), _rows.Event(Beyond)], Ct);

        Assert.Equal(Here, Assert.Single(await Store.ClaimEventsAsync(ClaimAt(Now, limit: 1), Ct)).EnvironmentId);
        Assert.Equal([Elsewhere, Beyond], await EnvironmentsOfAsync(new(ClaimAt(Now), After: Here)));
        Assert.Empty(await EnvironmentsOfAsync(new(ClaimAt(Now), After: Beyond)));
    }

    [Fact]
    public async Task Environments_that_have_enough_are_left_out_and_none_gets_more_than_it_may()
    {
        await Store.AcceptAsync([.. Enumerable.Range(0, 5).SelectMany(_ => new[] { _rows.Event(Here), _rows.Event(Elsewhere) })], Ct);

        Assert.Equal([Elsewhere, Elsewhere], await EnvironmentsOfAsync(new EventClaim(ClaimAt(Now)) { Each = 2, Except = [Here] }));
    }

    [Fact]
    public async Task Large_events_wait_in_a_line_of_their_own()
    {
        var e = await ClaimedEventAsync();
        await Store.AcceptAsync([_rows.Event(Elsewhere, dueAt: Now.AddMinutes(7))], Ct);
        await Store.CommitPageAsync(new([Progressed(e) with { Large = true, DueAt = Now.AddMinutes(5) }], [], []), Ct);

        Assert.Equal(new NextDue(Now.AddMinutes(7), Now.AddMinutes(5), null), await Store.NextDueAsync(Ct));
        Assert.Equal([Elsewhere], await EnvironmentsOfAsync(ClaimAt(Now.AddMinutes(9))));
        var large = Assert.Single(await Store.ClaimEventsAsync(new(ClaimAt(Now.AddMinutes(9)), Large: true), Ct));
        Assert.Equal((e.Id, true, """{"Named":3}"""), (large.Id, large.Large, large.Cursor));
    }

    [Fact]
    public async Task Environments_with_runs_are_those_where_any_waits()
    {
        foreach (var (environment, due) in new[] { (Beyond, Now.AddYears(1)), (Here, Now), (Elsewhere, Now) })
            await WaitingRunsAsync(environment, large: false, due, due);
        await EndedRunAsync("cccccccccccccccccccccccc");

        Assert.Equal([Here, Elsewhere, Beyond], await Store.EnvironmentsWithRunsAsync("", 10, Ct));
        Assert.Equal([Elsewhere], await Store.EnvironmentsWithRunsAsync(Here, 1, Ct));
        Assert.Empty(await Store.EnvironmentsWithRunsAsync(Beyond, 10, Ct));
    }

    [Fact]
    public async Task Runs_in_turn_are_shared_evenly_and_those_of_small_events_come_first()
    {
        await WaitingRunsAsync(Here, large: true, [.. Enumerable.Range(0, 20).Select(minutes => Now.AddMinutes(minutes - 100))]);
        var small = await WaitingRunsAsync(Here, large: false, Now, Now.AddMinutes(-1));
        var early = await WaitingRunsAsync(Here, large: false, Now.AddMinutes(1));
        var other = await WaitingRunsAsync(Elsewhere, large: true, Now);

        var claimed = await Store.ClaimRunsAsync(ClaimAt(Now, token: 5, limit: 8) with { Among = [Here, Elsewhere] }, Ct);

        Assert.All(claimed, one => Assert.Equal((5L, Now.AddMinutes(1)), (one.LeaseToken, one.DueAt)));
        Assert.Equal([.. small.Concat(other).Order()], claimed.Select(one => one.Id).Intersect([.. small, .. other, .. early]).Order());
        Assert.Equal((4, 1), (claimed.Count(one => one.EnvironmentId == Here), claimed.Count(one => one.EnvironmentId == Elsewhere)));
        Assert.Equal(2, claimed.Count(one => one.Large && one.EnvironmentId == Here));
    }

    [Fact]
    public async Task Two_claimers_in_turn_never_share_a_run()
    {
        await ExpandedEventAsync(150);
        await ExpandedEventAsync(150, Elsewhere);

        var taken = await ClaimAtOnceAsync(async token =>
            (await Store.ClaimRunsAsync(ClaimAt(Now, token, limit: 7) with { Among = [Here, Elsewhere] }, Ct)).Select(run => run.Id));

        Assert.Equal(300, taken.Count);
        Assert.Equal(300, taken.Distinct().Count());
    }

    [Fact]
    public async Task Beside_a_crowd_that_is_due_everybody_else_has_a_turn_at_every_second_claim()
    {
        await WaitingRunsAsync(Here, large: true, [.. Enumerable.Range(0, 100).Select(minutes => Now.AddMinutes(minutes - 200))]);
        var small = await WaitingRunsAsync(Here, large: false, Now);
        var others = await WaitingRunsAsync(Elsewhere, large: true, Now, Now, Now);
        var turns = new RunTurns(Store);

        List<List<string>> claims = [];
        while (claims is not [.., []])
            claims.Add([.. (await turns.ClaimAsync(ClaimAt(Now, token: 5, limit: 10), Ct)).Select(one => one.Id)]);

        Assert.Equal(104, claims.SelectMany(ids => ids).Distinct().Count());
        Assert.Empty(claims[0].Intersect([.. small, .. others]));
        Assert.Equal(4, claims[1].Intersect([.. small, .. others]).Count());
        Assert.Equal((10, 8), (claims[0].Count, claims[1].Count));
    }

    private async Task<IEnumerable<string>> EnvironmentsOfAsync(EventClaim claim) =>
        (await Store.ClaimEventsAsync(claim, Ct)).Select(e => e.EnvironmentId).Order();

    private async Task<IReadOnlyList<string>> WaitingRunsAsync(string environmentId, bool large, params DateTimeOffset[] due)
    {
        var e = await ClaimedEventAsync(environmentId: environmentId);
        Run[] runs = [.. due.Select(time => _rows.Run(e, dueAt: time, large: large))];
        await Store.CommitPageAsync(new([SampleRows.Expanded(e)], runs, []), Ct);
        return [.. runs.Select(run => run.Id)];
    }

    private async Task EndedRunAsync(string environmentId)
    {
        var e = await ClaimedEventAsync(environmentId: environmentId);
        var run = _rows.Run(e);
        run.DueAt = null;
        await Store.CommitPageAsync(new([SampleRows.Expanded(e)], [run], []), Ct);
    }

    /// <summary>A first page of an event, with more to come.</summary>
    private static EventProgress Progressed(Event e) => new(
        e.EnvironmentId, e.Id, e.LeaseToken!.Value, Keep: false, EventStatus.Pending, """{"Named":3}""", Now, RunsAdded: 3, Problems: null, Attempt: 0);
}
