using Carillon.Data.Execution;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    private const string Step = "ffffffffffffffffffffffff";

    [Fact]
    public async Task The_first_to_arrive_opens_a_window_and_the_rest_of_the_page_joins_it()
    {
        var (first, second, third) = (await ComingAsync(1), await ComingAsync(2), await ComingAsync(3));

        await WriteAsync(third, first, second);

        var leader = (await StoredRunAsync(first.Run))!;
        Assert.Equal((RunStatus.Active, "dp", Now.AddHours(1), first.NewDigestId), (leader.Status, leader.States, leader.DueAt, leader.DigestId));
        foreach (var member in new[] { second, third })
        {
            var merged = (await StoredRunAsync(member.Run))!;
            Assert.Equal((RunStatus.Finished, "mm", null, first.NewDigestId), (merged.Status, merged.States, merged.DueAt, merged.DigestId));
        }
        var window = Assert.Single(await WindowsAsync());
        Assert.Equal((true, first.Run.Id, Now.AddHours(1)), (window.Open, window.LeaderId, window.DueAt));
    }

    [Fact]
    public async Task What_comes_later_joins_the_open_window_whatever_time_it_asks_for()
    {
        var leader = await GatheredAsync(await ComingAsync(1));

        var later = await GatheredAsync(await ComingAsync(2, dueAt: Now.AddMinutes(1)));

        Assert.Equal(("mm", leader.NewDigestId), (later.Run.States, later.Run.DigestId));
        Assert.Equal(Now.AddHours(1), Assert.Single(await WindowsAsync()).DueAt);
    }

    [Fact]
    public async Task Each_place_has_a_window_of_its_own()
    {
        var person = _rows.Id();
        var one = await ComingAsync(1, person);
        Gathering[] all =
        [
            one, await ComingAsync(2, person, key: "post=1"), await ComingAsync(3, person, step: "other"), await ComingAsync(4),
            await ComingAsync(5, person, environmentId: Elsewhere),
        ];

        await WriteAsync(all);

        Assert.All(all, coming => Assert.Equal("dp", coming.Run.States));
        Assert.Equal(4, (await WindowsAsync()).Count);
    }

    [Fact]
    public async Task A_closed_window_takes_nobody_in_and_the_next_one_opens()
    {
        var first = await GatheredAsync(await ComingAsync(1));

        await Store.CloseDigestsAsync([first.Run], Now, Ct);
        await Store.CloseDigestsAsync([first.Run], Now.AddHours(1), Ct);
        var next = await GatheredAsync(await ComingAsync(2));

        Assert.Equal("dp", next.Run.States);
        var windows = await WindowsAsync();
        Assert.Equal([(false, Now), (true, (DateTimeOffset?)null)], windows.Select(window => (window.Open, window.ClosedAt)));
    }

    [Fact]
    public async Task Only_its_leader_closes_a_window()
    {
        var leader = await GatheredAsync(await ComingAsync(1));
        var member = await GatheredAsync(await ComingAsync(2));

        await Store.CloseDigestsAsync([member.Run], Now, Ct);

        Assert.True(Assert.Single(await WindowsAsync()).Open);
        Assert.Equal(leader.Run.Id, (await WindowsAsync())[0].LeaderId);
    }

    [Fact]
    public async Task What_was_gathered_is_told_in_the_order_of_arrival()
    {
        List<Gathering> coming = [];
        for (var i = 0; i < 7; i++)
            coming.Add(await ComingAsync((i * 3) % 7));
        foreach (var some in coming.Chunk(3))
            await WriteAsync(some);

        var told = await Store.DigestedEventsAsync([new(Here, coming[0].Run.DigestId!)], Ct);

        Assert.Equal(coming.OrderBy(one => one.Arrival.At).Select(one => one.Run.EventId), told.Select(e => e.EventId));
    }

    [Fact]
    public async Task Of_a_page_whose_event_was_taken_away_nothing_is_gathered()
    {
        var coming = await ComingAsync(1);
        await Store.CancelAsync(Here, coming.Run.EventId, Now, Ct);

        await WriteAsync(coming);

        Assert.Empty(await WindowsAsync());
        Assert.Null(await StoredRunAsync(coming.Run));
    }

    [Fact]
    public async Task A_claimed_run_that_comes_to_a_digest_is_gathered_if_its_lease_holds()
    {
        var leader = await GatheredAsync(await ComingAsync(1));
        var (e, _) = await ExpandedEventAsync(0);
        Run[] runs = [_rows.Run(e, leader.Run.SubscriberId), _rows.Run(e)];
        await InsertAsync(runs);
        var claimed = await Store.ClaimRunsAsync(ClaimAt(Now, token: 9), Ct);
        Gathering[] coming = [.. claimed.Select(run => Coming(run, e, 2))];
        coming.Single(one => one.Run.Id == runs[1].Id).Run.LeaseToken = 8;

        var held = await Store.CommitRunsAsync(new(Now, claimed, []) { Gatherings = coming }, Ct);

        Assert.Equal([runs[0].Id], held);
        Assert.Equal(("mm", leader.NewDigestId), ((await StoredRunAsync(runs[0]))!.States, (await StoredRunAsync(runs[0]))!.DigestId));
        Assert.Single(await WindowsAsync());
    }

    [Fact]
    public async Task A_leader_that_comes_to_a_later_digest_brings_along_what_it_gathered()
    {
        var person = _rows.Id();
        var (first, member, other) = (await ComingAsync(1, person), await ComingAsync(2, person), await ComingAsync(3, person, step: "later"));
        await WriteAsync(first, member, other);
        await Store.CloseDigestsAsync([first.Run], Now, Ct);
        var run = (await Store.ClaimRunsAsync(ClaimAt(Now.AddHours(2), token: 9), Ct)).Single(run => run.Id == first.Run.Id);
        run.Step = 1;
        var e = (await Store.EventsAsync([new(Here, run.EventId)], Ct))[0];

        await Store.CommitRunsAsync(new(Now, [run], []) { Gatherings = [Coming(run, e, 1, step: "later")] }, Ct);

        Assert.Equal(other.NewDigestId, run.DigestId);
        var told = await Store.DigestedEventsAsync([new(Here, other.NewDigestId)], Ct);
        Assert.Equal([first.Run.EventId, member.Run.EventId, other.Run.EventId], told.Select(one => one.EventId));
    }

    [Fact]
    public async Task The_first_after_a_quiet_time_passes_and_whoever_follows_is_gathered()
    {
        var person = _rows.Id();
        var passing = await GatheredAsync(await ComingAsync(1, person, quiet: TimeSpan.FromMinutes(10)));
        var leading = await GatheredAsync(await ComingAsync(2, person, quiet: TimeSpan.FromMinutes(10), at: Now.AddMinutes(9)));
        var merged = await GatheredAsync(await ComingAsync(3, person, quiet: TimeSpan.FromMinutes(10), at: Now.AddMinutes(18)));
        var again = await GatheredAsync(await ComingAsync(4, person, quiet: TimeSpan.FromMinutes(10), at: Now.AddMinutes(29)));

        Assert.Equal(["sp", "dp", "mm", "sp"], new[] { passing, leading, merged, again }.Select(one => one.Run.States));
        Assert.Equal((1, null), (passing.Run.Step, passing.Run.DigestId));
    }

    [Fact]
    public async Task Of_several_that_come_at_once_only_the_first_passes()
    {
        var person = _rows.Id();
        var quiet = TimeSpan.FromMinutes(10);
        var (second, first, third) = (await ComingAsync(2, person, quiet: quiet), await ComingAsync(1, person, quiet: quiet), await ComingAsync(3, person, quiet: quiet));

        await WriteAsync(second, first, third);

        Assert.Equal(["sp", "dp", "mm"], new[] { first, second, third }.Select(one => one.Run.States));
    }

    [Fact]
    public async Task When_its_leader_leaves_the_next_one_leads_at_the_same_time()
    {
        var (first, second, third) = (await ComingAsync(1), await ComingAsync(2), await ComingAsync(3));
        await WriteAsync(first, second, third);
        await CancelAsync(first);

        await Store.HandOverDigestsAsync([first.Run], Now, Ct);
        await Store.HandOverDigestsAsync([first.Run], Now, Ct);

        var leader = (await StoredRunAsync(second.Run))!;
        Assert.Equal((RunStatus.Active, "dp", Now.AddHours(1)), (leader.Status, leader.States, leader.DueAt));
        Assert.Equal(second.Run.Id, Assert.Single(await WindowsAsync()).LeaderId);
        var told = await Store.DigestedEventsAsync([new(Here, first.NewDigestId)], Ct);
        Assert.Equal([second.Run.EventId, third.Run.EventId], told.Select(e => e.EventId));
    }

    [Fact]
    public async Task A_window_whose_leader_leaves_it_alone_ends()
    {
        var only = await GatheredAsync(await ComingAsync(1));
        await CancelAsync(only);

        await Store.HandOverDigestsAsync([only.Run], Now, Ct);

        Assert.False(Assert.Single(await WindowsAsync()).Open);
        Assert.Equal("dp", (await GatheredAsync(await ComingAsync(2))).Run.States);
    }

    [Fact]
    public async Task A_leader_that_had_brought_others_along_leaves_its_place_to_the_first_of_them()
    {
        var person = _rows.Id();
        var (first, member) = (await ComingAsync(1, person), await ComingAsync(2, person));
        await WriteAsync(first, member);
        await Store.CloseDigestsAsync([first.Run], Now, Ct);
        var run = Assert.Single(await Store.ClaimRunsAsync(ClaimAt(Now.AddHours(2), token: 9), Ct));
        run.Step = 1;
        var e = (await Store.EventsAsync([new(Here, run.EventId)], Ct))[0];
        await Store.CommitRunsAsync(new(Now, [run], []) { Gatherings = [Coming(run, e, 1, step: "later")] }, Ct);
        await CancelAsync(first);

        await Store.HandOverDigestsAsync([run], Now, Ct);

        var leader = (await StoredRunAsync(member.Run))!;
        Assert.Equal((RunStatus.Active, "md", run.DigestId, Now.AddHours(1)), (leader.Status, leader.States, leader.DigestId, leader.DueAt));
        var window = (await WindowsAsync()).Single(window => window.Id == run.DigestId);
        Assert.Equal((true, member.Run.Id), (window.Open, window.LeaderId));
        Assert.Equal([member.Run.EventId], (await Store.DigestedEventsAsync([new(Here, run.DigestId!)], Ct)).Select(e => e.EventId));
    }

    [Fact]
    public async Task Behind_its_window_a_leader_leaves_its_place_with_the_time_until_which_it_waits_and_what_it_has_sent()
    {
        var (first, second, third) = (await ComingAsync(1), await ComingAsync(2), await ComingAsync(3));
        await WriteAsync(first, second, third);
        await Store.CloseDigestsAsync([first.Run], Now, Ct);
        var run = Assert.Single(await Store.ClaimRunsAsync(ClaimAt(Now.AddHours(2), token: 9), Ct));
        (run.Step, run.States, run.DueAt, run.Attempt) = (1, "cq", Now.AddHours(3), 1);
        run.Trace = Trace.Append(Trace.Empty, [new(Detail.StartDigesting, 0, 5), new(Detail.MessageSent, 1, 8, null, "vendor", 2)]);
        await Store.CommitRunsAsync(new(Now, [run], []), Ct);

        await CancelAsync(first);
        await Store.HandOverDigestsAsync([run], Now, Ct);

        var next = (await StoredRunAsync(second.Run))!;
        Assert.Equal((RunStatus.Active, (short)1, "mq", Now.AddHours(3), (short)0), (next.Status, next.Step, next.States, next.DueAt, next.Attempt));
        Assert.Equal([new(Detail.MessageSent, 1, 8, null, "vendor", 2)], Trace.Read(next.Trace));
        Assert.True(await CancelAsync(third));
        Assert.Equal([second.Run.EventId], (await Store.DigestedEventsAsync([new(Here, first.NewDigestId)], Ct)).Select(e => e.EventId));
    }

    [Fact]
    public async Task Cancelling_what_was_merged_takes_it_out_until_what_was_gathered_has_been_said()
    {
        var (first, second, third) = (await ComingAsync(1), await ComingAsync(2), await ComingAsync(3));
        await WriteAsync(first, second, third);

        Assert.True(await CancelAsync(second));
        Assert.False(await CancelAsync(second));
        await Store.CloseDigestsAsync([first.Run], Now, Ct);
        Assert.True(await CancelAsync(third));

        var stopped = (await StoredRunAsync(second.Run))!;
        Assert.Equal((RunStatus.Active, true, Now), (stopped.Status, stopped.CancelRequested, stopped.DueAt));
        var told = await Store.DigestedEventsAsync([new(Here, first.NewDigestId)], Ct);
        Assert.Equal([first.Run.EventId], told.Select(e => e.EventId));
    }

    [Fact]
    public async Task What_has_been_said_can_be_taken_out_of_no_digest()
    {
        var (first, second) = (await ComingAsync(1), await ComingAsync(2));
        await WriteAsync(first, second);
        await Store.CloseDigestsAsync([first.Run], Now, Ct);
        await EndAsync(first);

        Assert.False(await CancelAsync(second));
    }

    private async Task EndAsync(Gathering one)
    {
        var run = (await Store.ClaimRunsAsync(ClaimAt(Now.AddHours(2), token: 9), Ct)).FirstOrDefault(run => run.Id == one.Run.Id);
        if (run is null) return;

        (run.Status, run.States, run.DueAt) = (RunStatus.Finished, "cc", null);
        await Store.CommitRunsAsync(new(Now, [run], []), Ct);
    }

    [Fact]
    public async Task However_many_come_and_close_at_once_each_is_in_exactly_one_digest()
    {
        const int Clients = 8;
        const int Each = 40;
        var people = Enumerable.Range(0, 3).Select(_ => _rows.Id()).ToList();
        var coming = new List<Gathering>();
        for (var i = 0; i < Clients * Each; i++)
            coming.Add(await ComingAsync(i, people[i % people.Count]));

        var told = (await Task.WhenAll(coming.Chunk(Each).Select(mine => Task.Run(() => GatherAndCloseAsync(mine), Ct)))).SelectMany(some => some).ToList();
        foreach (var window in await WindowsAsync())
        {
            var leader = coming.Single(one => one.Run.Id == window.LeaderId).Run;
            await Store.CloseDigestsAsync([leader], Now, Ct);
        }

        var all = await Store.DigestedEventsAsync([.. (await WindowsAsync()).Select(window => new EnvironmentRow(Here, window.Id))], Ct);
        Assert.Equal(coming.Select(one => one.Run.EventId).Order(), all.Select(e => e.EventId).Order());
        Assert.All(told, early => Assert.Contains(early, all));
        Assert.All(told.GroupBy(e => e.DigestId), early => Assert.Equal(all.Count(e => e.DigestId == early.Key), early.Distinct().Count()));
    }

    // What a closed window tells once it tells for ever: nothing comes into it afterwards.
    private async Task<List<DigestedEvent>> GatherAndCloseAsync(IReadOnlyList<Gathering> mine)
    {
        var told = new List<DigestedEvent>();
        foreach (var some in mine.Chunk(4))
        {
            await WriteAsync(some);
            foreach (var leader in some.Where(one => one.Run.DigestId == one.NewDigestId))
            {
                await Store.CloseDigestsAsync([leader.Run], Now, Ct);
                told.AddRange(await Store.DigestedEventsAsync([new(Here, leader.NewDigestId)], Ct));
            }
        }

        return told;
    }

    [Fact]
    public async Task Prune_keeps_what_was_gathered_until_its_digest_has_been_said()
    {
        var (first, second) = (await ComingAsync(1), await ComingAsync(2));
        await WriteAsync(first, second);
        var muchLater = new PruneHorizon(Now.AddYears(2), Now.AddYears(1), Now.AddYears(1), Now.AddYears(1), Now.AddYears(1), Now.AddYears(1));

        Assert.Equal(0, await Store.PruneAsync(muchLater, 100, Ct));
        await Store.CloseDigestsAsync([first.Run], Now, Ct);
        Assert.Equal(0, await Store.PruneAsync(muchLater, 100, Ct));

        var run = Assert.Single(await Store.ClaimRunsAsync(ClaimAt(Now.AddHours(2)), Ct));
        (run.Status, run.States, run.DueAt) = (RunStatus.Finished, "cc", null);
        await Store.CommitRunsAsync(new(Now, [run], []), Ct);
        for (var round = 0; round < 3; round++)
            await Store.PruneAsync(muchLater, 100, Ct);

        Assert.Equal((0, 0, 0), (await CountAsync<Digest>(), await CountAsync<Run>(), await CountAsync<Event>()));
    }

    [Fact]
    public async Task Prune_forgets_arrivals_that_nobody_asks_for_any_more()
    {
        await GatheredAsync(await ComingAsync(1, quiet: TimeSpan.FromMinutes(10)));
        var horizon = new PruneHorizon(Now.AddMinutes(9), Old, Old, Old, Old, Old);

        Assert.Equal(0, await Store.PruneAsync(horizon, 100, Ct));
        Assert.Equal(1, await Store.PruneAsync(horizon with { Now = Now.AddMinutes(11) }, 100, Ct));
    }

    /// <summary>A run of an event of its own that has come to a digest step; <paramref name="order"/> is when its event arrived.</summary>
    private async Task<Gathering> ComingAsync(
        int order,
        string? person = null,
        string key = "",
        string step = Step,
        string environmentId = Here,
        DateTimeOffset? dueAt = null,
        TimeSpan? quiet = null,
        DateTimeOffset? at = null)
    {
        var e = _rows.Event(environmentId, id: _rows.Id(), createdAt: Now.AddMilliseconds(order));
        await Store.AcceptAsync([e], Ct);
        var token = Random.Shared.NextInt64(1, int.MaxValue);
        var claimed = (await Store.ClaimEventsAsync(ClaimAt(Now, token, 1000), Ct)).Single(one => one.Id == e.Id);
        return Coming(_rows.Run(claimed, person ?? Person), claimed, order, key, step, dueAt, quiet, at);
    }

    private static string Person => "111111111111111111111111";

    private static Gathering Coming(
        Run run,
        Event e,
        int order,
        string key = "",
        string step = Step,
        DateTimeOffset? dueAt = null,
        TimeSpan? quiet = null,
        DateTimeOffset? at = null)
    {
        var place = new DigestPlace(run.Bucket, run.EnvironmentId, run.WorkflowId, step, run.SubscriberId, key);
        var now = at ?? Now;
        var due = dueAt ?? Now.AddHours(1);
        return new(run, place, due, quiet is { } length ? new(now, now - length, now + length) : null)
        {
            Arrival = (Now.AddMilliseconds(order), e.Id[14..]),
            WhenLeading = new(RunStatus.Active, run.Step, run.Step == 0 ? "dp" : "cd", Trace.Empty, due),
            WhenMerged = new(RunStatus.Finished, run.Step, run.Step == 0 ? "mm" : "cm", Trace.Empty, null),
            WhenPassing = new(RunStatus.Active, 1, "sp", Trace.Empty, now),
        };
    }

    private async Task<Gathering> GatheredAsync(Gathering coming)
    {
        await WriteAsync(coming);
        return coming;
    }

    private async Task WriteAsync(params Gathering[] coming)
    {
        var events = await Store.EventsAsync([.. coming.Select(one => new EnvironmentRow(one.Run.EnvironmentId, one.Run.EventId))], Ct);
        await Store.CommitPageAsync(
            new([.. events.Where(e => e.LeaseToken is not null).Select(SampleRows.Expanded)], [.. coming.Select(one => one.Run)], []) { Gatherings = coming }, Ct);
    }

    private Task<bool> CancelAsync(Gathering one) => Store.CancelAsync(one.Run.EnvironmentId, one.Run.EventId, Now, Ct);

    private async Task<List<Digest>> WindowsAsync()
    {
        await using var db = database.Database.Open(Here);
        return await db.Digests.OrderBy(digest => digest.Open).ThenBy(digest => digest.Id).ToListAsync(Ct);
    }
}
