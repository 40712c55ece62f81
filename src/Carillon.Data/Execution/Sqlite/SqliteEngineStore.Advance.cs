using Carillon.Data.Subscribers;
using Microsoft.Data.Sqlite;

namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    private static readonly string DueRuns =
        $"SELECT {Rows.RunColumns} FROM runs WHERE due_at <= @now ORDER BY due_at LIMIT @limit";

    private static readonly string DueRunsInTurn = $"""
        SELECT {Rows.RunColumns} FROM runs
        WHERE environment_id = @environment AND large = @large AND due_at <= @now ORDER BY due_at LIMIT @limit
        """;

    private const string ClaimRun = "UPDATE runs SET due_at = @p1, lease_token = @p2, trace = @p3 WHERE bucket = @p4 AND id = @p5";

    private static readonly string Events = $"""
        SELECT {Rows.Qualified("e", Rows.EventColumns)}
        FROM json_each(@ids) v JOIN events e ON e.id = v.value ->> 0 AND e.environment_id = v.value ->> 1
        """;

    private static readonly string Subscribers = $"""
        SELECT {Rows.Qualified("s", Rows.SubscriberColumns)}
        FROM json_each(@ids) v JOIN subscribers s ON s.id = v.value ->> 0 AND s.environment_id = v.value ->> 1
        """;

    private const string ReadAttachment = """
        SELECT content FROM attachments WHERE event_id = @id AND ordinal = @ordinal AND environment_id = @environment ORDER BY part
        """;

    private const string Holds = """
        SELECT 1 FROM runs
        WHERE bucket = @bucket AND id = @id AND environment_id = @environment AND lease_token = @token AND NOT cancel_requested
        """;

    private const string HeldRun =
        "SELECT 1 FROM runs WHERE bucket = @p1 AND id = @p2 AND environment_id = @p3 AND lease_token = @p4";

    private const string UpdateRun = """
        UPDATE runs SET status = @p1, step = @p2, states = @p3, trace = @p4, attempt = @p5,
          due_at = CASE WHEN cancel_requested AND @p1 = 0 THEN @p7 ELSE @p6 END,
          resumes_at = CASE WHEN cancel_requested AND @p1 = 0 THEN @p6 END, lease_token = NULL, digest_id = @p12, updated_at = @p7
        WHERE bucket = @p8 AND id = @p9 AND environment_id = @p10 AND lease_token = @p11
        """;

    public Task<IReadOnlyList<string>> EnvironmentsWithRunsAsync(string after, int limit, CancellationToken ct) =>
        QueryAsync(TurnStatements.WithRuns, row => row.GetString(0), ct, ("@after", after), ("@limit", limit));

    public Task<IReadOnlyList<Run>> ClaimRunsAsync(Claim claim, CancellationToken ct) =>
        InTransactionAsync<IReadOnlyList<Run>>(
            async connection =>
            {
                var due = claim.Among is { Count: > 0 } among
                    ? await DueInTurnAsync(connection, claim, among, ct)
                    : await QueryAsync(connection, DueRuns, Rows.Run, ct, ("@now", Rows.Milliseconds(claim.Now)), ("@limit", claim.Limit));
                using var take = new PreparedRow(connection, ClaimRun, 5);
                return [.. due.Select(run => Take(take, run, claim))];
            },
            ct);

    public Task<IReadOnlyList<Event>> EventsAsync(IReadOnlyCollection<EnvironmentRow> events, CancellationToken ct) =>
        QueryAsync(Events, Rows.Event, ct, NamedRows(events));

    public Task<IReadOnlyList<Subscriber>> SubscribersAsync(IReadOnlyCollection<EnvironmentRow> subscribers, CancellationToken ct) =>
        QueryAsync(Subscribers, Rows.Subscriber, ct, NamedRows(subscribers));

    public Task<IReadOnlyList<byte[]>> AttachmentAsync(EnvironmentRow e, int ordinal, CancellationToken ct) =>
        QueryAsync(ReadAttachment, row => (byte[])row[0], ct, ("@id", e.Id), ("@ordinal", ordinal), ("@environment", e.EnvironmentId));

    public async Task<IReadOnlySet<Run>> HeldAsync(IReadOnlyCollection<Run> claimed, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        HashSet<Run> held = [];
        foreach (var run in claimed)
        {
            var rows = await QueryAsync(
                connection, Holds, _ => true, ct,
                ("@bucket", run.Bucket), ("@id", run.Id), ("@environment", run.EnvironmentId), ("@token", run.LeaseToken));
            if (rows.Count > 0) held.Add(run);
        }

        return held;
    }

    public Task<IReadOnlySet<string>> CommitRunsAsync(RunBatch batch, CancellationToken ct) =>
        InTransactionAsync<IReadOnlySet<string>>(
            connection =>
            {
                Gather(connection, Held(connection, batch));
                var held = UpdateRuns(connection, batch);
                InsertMessages(connection, batch.Messages.Where(message => held.Contains(message.RunId)));
                InsertEvents(connection, batch.News.Where(news => held.Contains(news.RunId)).Select(news => news.Event));
                return Task.FromResult<IReadOnlySet<string>>(held);
            },
            ct);

    public async Task<NextDue> NextDueAsync(CancellationToken ct)
    {
        var next = await QueryAsync(
            TurnStatements.NextDue, row => new NextDue(Rows.Instant(row, 0), Rows.Instant(row, 1), Rows.Instant(row, 2)), ct);
        return next[0];
    }

    private static async Task<IReadOnlyList<Run>> DueInTurnAsync(
        SqliteConnection connection, Claim claim, IReadOnlyCollection<string> among, CancellationToken ct)
    {
        var share = Math.Max(1, claim.Limit / Math.Max(1, among.Count));
        List<Run> due = [];
        foreach (var environment in among)
        {
            var room = Math.Min(share, claim.Limit - due.Count);
            foreach (var large in new[] { false, true })
            {
                if (room <= 0) break;

                var some = await QueryAsync(
                    connection, DueRunsInTurn, Rows.Run, ct,
                    ("@environment", environment), ("@large", large), ("@now", Rows.Milliseconds(claim.Now)), ("@limit", room));
                due.AddRange(some);
                room -= some.Count;
            }
        }

        return due;
    }

    private static List<Gathering> Held(SqliteConnection connection, RunBatch batch)
    {
        if (batch.Gatherings.Count == 0) return [];

        using var held = new PreparedRow(connection, HeldRun, 4);
        return [.. batch.Gatherings.Where(one =>
            held.Value(one.Run.Bucket, one.Run.Id, one.Run.EnvironmentId, one.Run.LeaseToken) is not null)];
    }

    private static HashSet<string> UpdateRuns(SqliteConnection connection, RunBatch batch)
    {
        using var update = new PreparedRow(connection, UpdateRun, 12);
        var now = Rows.Milliseconds(batch.Now);
        return
        [
            .. batch.Runs
                .Where(run => update.Execute(
                    (short)run.Status, run.Step, run.States, run.Trace, run.Attempt, Rows.Milliseconds(run.DueAt), now,
                    run.Bucket, run.Id, run.EnvironmentId, run.LeaseToken, run.DigestId) > 0)
                .Select(run => run.Id),
        ];
    }

    private static Run Take(PreparedRow take, Run run, Claim claim)
    {
        if (run.LeaseToken is not null)
            run.Trace = Trace.Append(run.Trace, [new(Detail.OutcomeUnknown, run.Step, (long)(claim.Now - run.CreatedAt).TotalMilliseconds)]);
        take.Execute(Rows.Milliseconds(claim.Until), claim.Token, run.Trace, run.Bucket, run.Id);
        run.DueAt = claim.Until;
        run.LeaseToken = claim.Token;
        return run;
    }

    private static (string, object?) NamedRows(IReadOnlyCollection<EnvironmentRow> rows) =>
        ("@ids", Mapping.JsonColumn.Write(rows.Select(row => new[] { row.Id, row.EnvironmentId })));
}
