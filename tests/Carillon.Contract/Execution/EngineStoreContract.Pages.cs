using System.Data.Common;
using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Contract.Execution;

public abstract partial class EngineStoreContract
{
    [Fact]
    public async Task A_page_writes_runs_and_messages_as_they_are()
    {
        var e = await ClaimedEventAsync();
        var run = _rows.Run(e);
        run.Trace = """[[31,0,5,"grüße 🎉"]]""";
        var finished = _rows.Run(e);
        (finished.Status, finished.DueAt, finished.States, finished.Step) = (RunStatus.Finished, null, "cs", 2);
        var message = _rows.Message(finished);

        await Store.CommitPageAsync(new([SampleRows.Expanded(e)], [run, finished], [message]), Ct);

        Assert.Equivalent(run, await StoredRunAsync(run), strict: true);
        Assert.Equivalent(finished, await StoredRunAsync(finished), strict: true);
        await using var db = database.Database.Open(Here);
        Assert.Equivalent(message, await db.Messages.SingleAsync(Ct), strict: true);
    }

    [Fact]
    public async Task A_page_moves_the_event_on()
    {
        var e = await ClaimedEventAsync();
        var until = Now.AddMinutes(5);

        var first = SampleRows.Expanded(e) with { Keep = true, Status = EventStatus.Pending, Cursor = "half", DueAt = until, RunsAdded = 2 };
        Assert.Equal([e.Id], await Store.CommitPageAsync(new([first], [_rows.Run(e), _rows.Run(e)], []), Ct));
        var half = (await StoredEventAsync(e))!;
        Assert.Equal((EventStatus.Pending, "half", 2, until), (half.Status, half.Cursor, half.RunCount, half.DueAt));
        Assert.Equal(e.LeaseToken, half.LeaseToken);

        var last = SampleRows.Expanded(e) with { RunsAdded = 1, Problems = """["nobody"]""", Attempt = 3 };
        Assert.Equal([e.Id], await Store.CommitPageAsync(new([last], [_rows.Run(e)], []), Ct));
        var whole = (await StoredEventAsync(e))!;
        Assert.Equal((EventStatus.Expanded, 3, """["nobody"]""", 3), (whole.Status, whole.RunCount, whole.Problems, whole.Attempt));
        Assert.Null(whole.Cursor);
        Assert.Null(whole.DueAt);
        Assert.Null(whole.LeaseToken);
    }

    [Fact]
    public async Task A_page_that_lets_go_of_its_event_may_not_come_back()
    {
        var e = await ClaimedEventAsync();
        var later = SampleRows.Expanded(e) with { Status = EventStatus.Pending, DueAt = Now.AddMinutes(9), Attempt = 1 };

        Assert.Equal([e.Id], await Store.CommitPageAsync(new([later], [], []), Ct));
        Assert.Empty(await Store.CommitPageAsync(new([later], [], []), Ct));
    }

    [Fact]
    public async Task Of_an_event_that_was_taken_away_a_page_writes_nothing()
    {
        var lost = await ClaimedEventAsync(token: 1);
        await Store.ClaimEventsAsync(ClaimAt(Now.AddMinutes(1), token: 2), Ct);
        var held = await ClaimedEventAsync(token: 3);
        Run[] runs = [_rows.Run(lost), _rows.Run(held)];
        Message[] messages = [.. runs.Select(run => _rows.Message(run))];

        var kept = await Store.CommitPageAsync(new([SampleRows.Expanded(lost), SampleRows.Expanded(held)], runs, messages), Ct);

        Assert.Equal([held.Id], kept);
        Assert.Null(await StoredRunAsync(runs[0]));
        Assert.NotNull(await StoredRunAsync(runs[1]));
        Assert.Equal(1, await CountAsync<Message>());
        Assert.Equal((2, EventStatus.Pending), ((await StoredEventAsync(lost))!.LeaseToken, (await StoredEventAsync(lost))!.Status));
    }

    [Fact]
    public async Task A_page_may_not_move_an_event_under_the_name_of_another_environment()
    {
        var e = await ClaimedEventAsync();

        Assert.Empty(await Store.CommitPageAsync(new([SampleRows.Expanded(e) with { EnvironmentId = Elsewhere }], [_rows.Run(e)], []), Ct));
        Assert.Equal(0, await CountAsync<Run>());
    }

    [Fact]
    public async Task Of_a_cancelled_event_a_page_writes_nothing()
    {
        var e = await ClaimedEventAsync();
        await Store.CancelAsync(Here, e.Id, Now, Ct);

        Assert.Empty(await Store.CommitPageAsync(new([SampleRows.Expanded(e)], [_rows.Run(e)], []), Ct));

        Assert.Equal(EventStatus.Cancelled, (await StoredEventAsync(e))!.Status);
        Assert.Equal(0, await CountAsync<Run>());
    }

    [Fact]
    public async Task A_page_with_one_row_that_fails_leaves_nothing_behind()
    {
        var one = await ClaimedEventAsync();
        var two = await ClaimedEventAsync();
        var run = _rows.Run(two);
        ExpansionPage page = new(
            [SampleRows.Expanded(one), SampleRows.Expanded(two)],
            [_rows.Run(one), run, _rows.Run(two, run.SubscriberId)],
            [_rows.Message(run)]);

        await Assert.ThrowsAnyAsync<DbException>(() => Store.CommitPageAsync(page, Ct));

        Assert.Equal((0, 0), (await CountAsync<Run>(), await CountAsync<Message>()));
        Assert.Equal((EventStatus.Pending, one.LeaseToken), ((await StoredEventAsync(one))!.Status, (await StoredEventAsync(one))!.LeaseToken));
    }

    [Fact]
    public async Task A_page_with_a_message_that_fails_leaves_nothing_behind()
    {
        var e = await ClaimedEventAsync();
        var run = _rows.Run(e);
        var message = _rows.Message(run);

        await Assert.ThrowsAnyAsync<DbException>(
            () => Store.CommitPageAsync(new([SampleRows.Expanded(e)], [run], [message, _rows.Message(run, id: message.Id)]), Ct));

        Assert.Null(await StoredRunAsync(run));
        Assert.Equal(EventStatus.Pending, (await StoredEventAsync(e))!.Status);
    }

    [Fact]
    public async Task Nobody_gets_two_runs_of_one_event_even_when_a_page_is_repeated()
    {
        var e = await ClaimedEventAsync();
        var kept = SampleRows.Expanded(e) with { Keep = true, Status = EventStatus.Pending, DueAt = Now.AddMinutes(1) };
        var run = _rows.Run(e);
        await Store.CommitPageAsync(new([kept], [run], []), Ct);

        await Assert.ThrowsAnyAsync<DbException>(() => Store.CommitPageAsync(new([kept], [_rows.Run(e, run.SubscriberId)], []), Ct));

        Assert.Equal(1, await CountAsync<Run>());
    }

    [Fact]
    public async Task With_run_names_those_of_the_asked_who_have_a_run_of_this_event()
    {
        var (e, runs) = await ExpandedEventAsync(3);
        var (other, otherRuns) = await ExpandedEventAsync(1);
        string[] asked = [runs[0].SubscriberId, runs[2].SubscriberId, otherRuns[0].SubscriberId, _rows.Id()];

        var found = await Store.WithRunAsync(Here, e.Id, asked, Ct);

        Assert.Equal(new[] { runs[0].SubscriberId, runs[2].SubscriberId }.Order(), found.Order());
        Assert.Equal([otherRuns[0].SubscriberId], await Store.WithRunAsync(Here, other.Id, asked, Ct));
        Assert.Empty(await Store.WithRunAsync(Elsewhere, e.Id, asked, Ct));
        Assert.Empty(await Store.WithRunAsync(Here, e.Id, [], Ct));
    }
}
