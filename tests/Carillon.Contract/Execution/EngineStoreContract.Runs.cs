using System.Data.Common;
using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task Committing_runs_writes_where_they_stand_and_lets_them_go()
    {
        await ExpandedEventAsync(2);
        var (waiting, finished) = await ClaimTwoAsync(token: 5);
        (waiting.Step, waiting.States, waiting.Trace, waiting.Attempt) = (1, "cd", """[[3,1,7]]""", 2);
        waiting.DueAt = Now.AddHours(1);
        (finished.Status, finished.States, finished.DueAt) = (RunStatus.Finished, "cc", null);

        var held = await Store.CommitRunsAsync(new(Now.AddSeconds(3), [waiting, finished], []), Ct);

        Assert.Equal(new[] { waiting.Id, finished.Id }.Order(), held.Order());
        foreach (var run in new[] { waiting, finished })
            (run.LeaseToken, run.UpdatedAt) = (null, Now.AddSeconds(3));
        Assert.Equivalent(waiting, await StoredRunAsync(waiting), strict: true);
        Assert.Equivalent(finished, await StoredRunAsync(finished), strict: true);
    }

    [Fact]
    public async Task Of_a_run_that_was_taken_away_nothing_is_written_not_even_its_messages()
    {
        await ExpandedEventAsync(2);
        var (lost, held) = await ClaimTwoAsync(token: 5);
        var stored = await StoredRunAsync(lost);
        var impostor = (await Store.ClaimRunsAsync(ClaimAt(Now.AddMinutes(1), token: 6), Ct)).Single(one => one.Id == held.Id);
        (lost.States, impostor.States) = ("xx", "cc");

        var kept = await Store.CommitRunsAsync(new(Now, [lost, impostor], [_rows.Message(lost), _rows.Message(impostor)]), Ct);

        Assert.Equal([impostor.Id], kept);
        Assert.Equal(stored!.States, (await StoredRunAsync(lost))!.States);
        Assert.Equal(6, (await StoredRunAsync(lost))!.LeaseToken);
        await using var db = database.Database.Open(Here);
        Assert.Equal([impostor.Id], await db.Messages.Select(message => message.RunId).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_run_can_be_committed_once_for_each_claim()
    {
        await ExpandedEventAsync(1);
        var run = await ClaimOneAsync();

        Assert.Single(await Store.CommitRunsAsync(new(Now, [run], []), Ct));
        Assert.Empty(await Store.CommitRunsAsync(new(Now, [run], []), Ct));
    }

    [Fact]
    public async Task A_run_that_nobody_claimed_cannot_be_committed()
    {
        var (_, runs) = await ExpandedEventAsync(1);

        Assert.Empty(await Store.CommitRunsAsync(new(Now, runs, []), Ct));
        Assert.Empty(await Store.HeldAsync([runs[0]], Ct));
    }

    [Fact]
    public async Task Runs_are_committed_all_or_none()
    {
        await ExpandedEventAsync(2);
        var (one, two) = await ClaimTwoAsync(token: 5);
        var message = _rows.Message(one);

        await Assert.ThrowsAnyAsync<DbException>(
            () => Store.CommitRunsAsync(new(Now, [one, two], [message, _rows.Message(two, id: message.Id)]), Ct));

        Assert.Equal(5, (await StoredRunAsync(one))!.LeaseToken);
        Assert.Equal(0, await CountAsync<Message>());
    }

    [Fact]
    public async Task A_run_that_was_asked_to_stop_meanwhile_is_due_at_once()
    {
        var (e, _) = await ExpandedEventAsync(1);
        var run = await ClaimOneAsync();
        Assert.True(await Store.CancelAsync(Here, e.Id, Now, Ct));
        run.DueAt = Now.AddDays(30);

        Assert.Single(await Store.CommitRunsAsync(new(Now.AddSeconds(1), [run], []), Ct));

        var claimed = Assert.Single(await Store.ClaimRunsAsync(ClaimAt(Now.AddSeconds(1), token: 2), Ct));
        Assert.True(claimed.CancelRequested);
        Assert.Empty(CutOff(claimed));
    }

    [Fact]
    public async Task A_run_that_ended_before_it_could_be_stopped_has_nothing_left_to_do()
    {
        var (e, _) = await ExpandedEventAsync(1);
        var run = await ClaimOneAsync();
        await Store.CancelAsync(Here, e.Id, Now, Ct);
        (run.Status, run.DueAt) = (RunStatus.Finished, null);

        await Store.CommitRunsAsync(new(Now, [run], []), Ct);

        Assert.Null((await StoredRunAsync(run))!.DueAt);
    }

    [Fact]
    public async Task A_claim_holds_its_run_until_somebody_else_has_it()
    {
        await ExpandedEventAsync(1);
        var run = await ClaimOneAsync(token: 5);
        Assert.Equal([run], await Store.HeldAsync([run], Ct));

        var thief = Assert.Single(await Store.ClaimRunsAsync(ClaimAt(Now.AddMinutes(1), token: 6), Ct));

        Assert.Equal([thief], await Store.HeldAsync([run, thief], Ct));
    }

    [Fact]
    public async Task A_claim_holds_no_run_that_is_to_be_stopped_or_was_let_go()
    {
        var (e, _) = await ExpandedEventAsync(2);
        var (stopped, done) = await ClaimTwoAsync(token: 5);
        await Store.CommitRunsAsync(new(Now, [done], []), Ct);
        await Store.CancelAsync(Here, e.Id, Now, Ct);

        Assert.Empty(await Store.HeldAsync([stopped, done], Ct));
    }

    private async Task<Run> ClaimOneAsync(long token = 1) =>
        Assert.Single(await Store.ClaimRunsAsync(ClaimAt(Now, token), Ct));

    private async Task<(Run One, Run Two)> ClaimTwoAsync(long token)
    {
        var claimed = await Store.ClaimRunsAsync(ClaimAt(Now, token), Ct);
        Assert.Equal(2, claimed.Count);
        return (claimed[0], claimed[1]);
    }
}
