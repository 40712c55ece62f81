using Carillon.Contract.Databases;
using Carillon.Data.Execution;
using Npgsql;

namespace Carillon.Contract.Execution;

/// <summary>
/// Cancel against expansion, step by step: a third connection holds a row that one of them needs, so that each is stopped in
/// the middle of its transaction for as long as the test likes.
/// </summary>
public sealed class PostgresCancelRaceTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Here = "aaaaaaaaaaaaaaaaaaaaaaaa";
    private static readonly DateTimeOffset Now = new(2031, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly SampleRows _rows = new(Now);
    private readonly IEngineStore _store = database.Database.OpenEngineStore();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EventStatus.Pending)]
    [InlineData(EventStatus.Expanded)]
    public async Task A_cancel_that_comes_while_a_page_is_being_written_stops_the_runs_of_that_page(EventStatus after)
    {
        await using var watch = await ConnectAsync();
        var e = await ClaimedEventAsync();
        var run = _rows.Run(e, dueAt: Now.AddDays(1));

        // The same recipient, not committed: the page has moved its event and waits here, inside its transaction.
        await using var third = await ConnectAsync();
        await ExecuteAsync(third, "BEGIN");
        await ExecuteAsync(third, $"""
            INSERT INTO runs (bucket, id, environment_id, event_id, subscriber_id, workflow_id, version_id, status, step, states, trace,
                              attempt, cancel_requested, created_at, updated_at)
            VALUES (7, '{_rows.Id()}', '{Here}', '{e.Id}', '{run.SubscriberId}', '', '', 0, 0, '', '', 0, false, 0, 0)
            """);
        var keep = after == EventStatus.Pending;
        var progress = SampleRows.Expanded(e) with { Keep = keep, Status = after, DueAt = keep ? Now.AddMinutes(1) : null, RunsAdded = 1 };
        var page = _store.CommitPageAsync(new([progress], [run], []), Ct);
        await UntilWaitingAsync(watch, 1);

        var cancel = _store.CancelAsync(Here, e.Id, Now, Ct);
        await UntilWaitingAsync(watch, 2);
        await ExecuteAsync(third, "ROLLBACK");

        Assert.Equal([e.Id], await page);
        Assert.True(await cancel);
        var stopped = Assert.Single(await _store.ClaimRunsAsync(new(9, Now, Now.AddMinutes(1), 10), Ct));
        Assert.Equal((run.Id, true), (stopped.Id, stopped.CancelRequested));
        var stored = Assert.Single(await _store.EventsAsync([new(Here, e.Id)], Ct));
        Assert.Equal(keep ? EventStatus.Cancelled : EventStatus.Expanded, stored.Status);
    }

    [Fact]
    public async Task A_page_that_comes_while_its_event_is_being_cancelled_writes_nothing()
    {
        await using var watch = await ConnectAsync();
        var e = await ClaimedEventAsync();
        var half = SampleRows.Expanded(e) with { Keep = true, Status = EventStatus.Pending, DueAt = Now.AddMinutes(1), RunsAdded = 1 };
        var first = _rows.Run(e);
        await _store.CommitPageAsync(new([half], [first], []), Ct);

        // The cancel has stopped the event and waits for its run, inside its transaction.
        await using var third = await ConnectAsync();
        await ExecuteAsync(third, "BEGIN");
        await ExecuteAsync(third, $"SELECT 1 FROM runs WHERE id = '{first.Id}' FOR UPDATE");
        var cancel = _store.CancelAsync(Here, e.Id, Now, Ct);
        await UntilWaitingAsync(watch, 1);

        var page = _store.CommitPageAsync(new([half], [_rows.Run(e)], []), Ct);
        await UntilWaitingAsync(watch, 2);
        await ExecuteAsync(third, "ROLLBACK");

        Assert.True(await cancel);
        Assert.Empty(await page);
        var only = Assert.Single(await _store.ClaimRunsAsync(new(9, Now, Now.AddMinutes(1), 10), Ct));
        Assert.Equal((first.Id, true), (only.Id, only.CancelRequested));
    }

    [Fact]
    public async Task A_cancel_that_comes_while_a_run_is_being_committed_sees_where_that_left_it()
    {
        await using var watch = await ConnectAsync();
        var e = await ClaimedEventAsync();
        await _store.CommitPageAsync(new([SampleRows.Expanded(e)], [_rows.Run(e), _rows.Run(e)], []), Ct);
        var runs = (await _store.ClaimRunsAsync(new(5, Now, Now.AddMinutes(1), 10), Ct)).ToList();
        foreach (var run in runs)
            run.DueAt = Now.AddDays(1);

        // A message under the same id, not committed: the commit has written the runs and waits here, inside its transaction.
        await using var third = await ConnectAsync();
        await ExecuteAsync(third, "BEGIN");
        var message = _rows.Message(runs[0]);
        await ExecuteAsync(third, $"""
            INSERT INTO messages (bucket, id, environment_id, subscriber_id, run_id, event_id, workflow_id, version_id, step, channel,
                                  provider_id, status, seen, read, archived, created_at, updated_at)
            VALUES ({message.Bucket}, '{message.Id}', '{Here}', '', '', '', '', '', 0, '', '', '', false, false, false, 0, 0)
            """);
        var commit = _store.CommitRunsAsync(new(Now, runs, [message]), Ct);
        await UntilWaitingAsync(watch, 1);

        var cancel = _store.CancelAsync(Here, e.Id, Now, Ct);
        await UntilWaitingAsync(watch, 2);
        await ExecuteAsync(third, "ROLLBACK");

        Assert.Equal(2, (await commit).Count);
        Assert.True(await cancel);
        var due = await _store.ClaimRunsAsync(new(9, Now, Now.AddMinutes(1), 10), Ct);
        Assert.Equal([true, true], due.Select(run => run.CancelRequested));
        Assert.DoesNotContain(due.SelectMany(run => Trace.Read(run.Trace)), line => line.Detail == Detail.OutcomeUnknown);
    }

    private async Task<Event> ClaimedEventAsync()
    {
        await database.EmptyAsync(Ct);
        await _store.AcceptAsync([_rows.Event(Here)], Ct);
        return Assert.Single(await _store.ClaimEventsAsync(new Claim(1, Now, Now.AddMinutes(1), 10), Ct));
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Ct);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task UntilWaitingAsync(NpgsqlConnection watch, int waiting)
    {
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", watch);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while ((long)(await command.ExecuteScalarAsync(patience.Token))! < waiting)
            patience.Token.ThrowIfCancellationRequested();
    }
}
