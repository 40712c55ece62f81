using Carillon.Data.Subscribers;
using Npgsql;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    // The trace with one line more, as Trace.Append writes it.
    private static readonly string WithCutOff = $"""
        left(r.trace, -1) || CASE WHEN r.trace = '{Trace.Empty}' THEN '' ELSE ',' END
          || '[{(int)Detail.OutcomeUnknown},' || r.step || ',' || @now - r.created_at || ']]'
        """;

    // Arrays for the planner's sake, see ClaimEvents.
    private static readonly string TakeRuns = $"""
        taken AS (
          UPDATE runs r SET due_at = @until, lease_token = @token,
            trace = CASE WHEN r.lease_token IS NULL THEN r.trace ELSE {WithCutOff} END
          FROM unnest(ARRAY(SELECT bucket FROM due), ARRAY(SELECT id FROM due), ARRAY(SELECT due_at FROM due)) AS d(bucket, id, was_due)
          WHERE r.bucket = d.bucket AND r.id = d.id
          RETURNING {Rows.Qualified("r", Rows.RunColumns)}, d.was_due)
        SELECT {Rows.RunColumns} FROM taken ORDER BY was_due
        """;

    private static readonly string ClaimRuns = $"""
        WITH due AS MATERIALIZED (
          SELECT bucket, id, due_at
          FROM runs WHERE due_at <= @now ORDER BY due_at LIMIT @limit FOR UPDATE SKIP LOCKED),
        {TakeRuns}
        """;

    // The same, where more is due than is taken. The share of an environment is filled with runs of small events first.
    private static readonly string ClaimRunsInTurn = $"""
        WITH due AS MATERIALIZED (
          SELECT mine.bucket, mine.id, mine.due_at
          FROM unnest(@environments) AS turn(environment_id) CROSS JOIN LATERAL (
            SELECT * FROM (
              SELECT bucket, id, due_at FROM runs
              WHERE environment_id = turn.environment_id AND large = false AND due_at <= @now
              ORDER BY due_at LIMIT @each FOR UPDATE SKIP LOCKED) small
            UNION ALL
            SELECT * FROM (
              SELECT bucket, id, due_at FROM runs
              WHERE environment_id = turn.environment_id AND large = true AND due_at <= @now
              ORDER BY due_at LIMIT @each FOR UPDATE SKIP LOCKED) large
            LIMIT @each) mine
          LIMIT @limit),
        {TakeRuns}
        """;

    private static readonly string Events = $"""
        SELECT {Rows.Qualified("e", Rows.EventColumns)}
        FROM unnest(@environments, @ids) AS v(environment_id, id)
        JOIN events e ON e.id = v.id AND e.environment_id = v.environment_id
        """;

    private static readonly string Subscribers = $"""
        SELECT {Rows.Qualified("s", Rows.SubscriberColumns)}
        FROM unnest(@environments, @ids) AS v(environment_id, id)
        JOIN subscribers s ON s.id = v.id AND s.environment_id = v.environment_id
        """;

    private const string ReadAttachment = """
        SELECT content FROM attachments WHERE event_id = @id AND ordinal = @ordinal AND environment_id = @environment ORDER BY part
        """;

    private const string Held = """
        SELECT v.place FROM unnest(@buckets, @ids, @environments, @tokens) WITH ORDINALITY AS v(bucket, id, environment_id, token, place)
        JOIN runs r ON r.bucket = v.bucket AND r.id = v.id AND r.environment_id = v.environment_id AND r.lease_token = v.token
          AND NOT r.cancel_requested
        """;

    // Locked in the order in which a cancel locks them, so that neither ever waits for the other in a circle.
    private const string UpdateRuns = """
        WITH v AS MATERIALIZED (
          SELECT * FROM unnest(@buckets, @ids, @environments, @tokens, @statuses, @steps, @states, @traces, @attempts, @dues, @digests)
            AS v(bucket, id, environment_id, token, status, step, states, trace, attempt, due_at, digest_id)),
        held AS MATERIALIZED (
          SELECT r.bucket, r.id
          FROM v JOIN runs r ON r.bucket = v.bucket AND r.id = v.id AND r.environment_id = v.environment_id AND r.lease_token = v.token
          ORDER BY r.bucket, r.id FOR UPDATE OF r)
        UPDATE runs r SET status = v.status, step = v.step, states = v.states, trace = v.trace, attempt = v.attempt,
          due_at = CASE WHEN r.cancel_requested AND v.status = 0 THEN @now ELSE v.due_at END,
          resumes_at = CASE WHEN r.cancel_requested AND v.status = 0 THEN v.due_at END,
          lease_token = NULL, digest_id = v.digest_id, updated_at = @now
        FROM held JOIN v ON v.bucket = held.bucket AND v.id = held.id
        WHERE r.bucket = held.bucket AND r.id = held.id
        RETURNING r.id
        """;

    // As UpdateRuns locks them, but before it is known what to write: that depends on windows, which are locked after runs.
    private const string HoldRuns = """
        SELECT r.id FROM unnest(@buckets, @ids, @environments, @tokens) AS v(bucket, id, environment_id, token)
        JOIN runs r ON r.bucket = v.bucket AND r.id = v.id AND r.environment_id = v.environment_id AND r.lease_token = v.token
        ORDER BY r.bucket, r.id FOR UPDATE OF r
        """;

    public Task<IReadOnlyList<string>> EnvironmentsWithRunsAsync(string after, int limit, CancellationToken ct) =>
        QueryAsync(TurnStatements.WithRuns, row => row.GetString(0), ct, Text("after", after), Big("limit", limit));

    public Task<IReadOnlyList<Run>> ClaimRunsAsync(Claim claim, CancellationToken ct) => claim.Among is { Count: > 0 } among
        ? QueryAsync(
            ClaimRunsInTurn, Rows.Run, ct,
            [.. ClaimParameters(claim), Texts("environments", among), Big("each", Math.Max(1, claim.Limit / among.Count))])
        : QueryAsync(ClaimRuns, Rows.Run, ct, ClaimParameters(claim));

    public Task<IReadOnlyList<Event>> EventsAsync(IReadOnlyCollection<EnvironmentRow> events, CancellationToken ct) =>
        QueryAsync(Events, Rows.Event, ct, NamedRows(events));

    public Task<IReadOnlyList<Subscriber>> SubscribersAsync(IReadOnlyCollection<EnvironmentRow> subscribers, CancellationToken ct) =>
        QueryAsync(Subscribers, Rows.Subscriber, ct, NamedRows(subscribers));

    public Task<IReadOnlyList<byte[]>> AttachmentAsync(EnvironmentRow e, int ordinal, CancellationToken ct) =>
        QueryAsync(
            ReadAttachment, row => (byte[])row[0], ct,
            Text("id", e.Id), new NpgsqlParameter<short>("ordinal", (short)ordinal), Text("environment", e.EnvironmentId));

    public async Task<IReadOnlySet<Run>> HeldAsync(IReadOnlyCollection<Run> claimed, CancellationToken ct)
    {
        IReadOnlyList<Run> runs = [.. claimed];
        var places = await QueryAsync(Held, row => (int)row.GetInt64(0), ct, ClaimedRuns(runs));
        return places.Select(place => runs[place - 1]).ToHashSet();
    }

    public Task<IReadOnlySet<string>> CommitRunsAsync(RunBatch batch, CancellationToken ct) =>
        InTransactionAsync<IReadOnlySet<string>>(
            async connection =>
            {
                if (batch.Gatherings.Count > 0) await GatherAsync(connection, await HeldGatheringsAsync(connection, batch, ct), ct);
                var held = await UpdateRunsAsync(connection, batch, ct);
                await CopyAsync(connection, Messages, batch.Messages.Where(message => held.Contains(message.RunId)), ct);
                await CopyAsync(connection, Outgoing, batch.News.Where(news => held.Contains(news.RunId)).Select(news => news.Event), ct);
                return held;
            },
            ct);

    public async Task<NextDue> NextDueAsync(CancellationToken ct)
    {
        var next = await QueryAsync(
            TurnStatements.NextDue, row => new NextDue(Rows.Instant(row, 0), Rows.Instant(row, 1), Rows.Instant(row, 2)), ct);
        return next[0];
    }

    private static async Task<IEnumerable<Gathering>> HeldGatheringsAsync(NpgsqlConnection connection, RunBatch batch, CancellationToken ct)
    {
        var held = (await QueryAsync(connection, HoldRuns, row => row.GetString(0), ct, ClaimedRuns(batch.Runs))).ToHashSet();
        return batch.Gatherings.Where(one => held.Contains(one.Run.Id));
    }

    private static async Task<HashSet<string>> UpdateRunsAsync(NpgsqlConnection connection, RunBatch batch, CancellationToken ct)
    {
        var held = await QueryAsync(
            connection,
            UpdateRuns,
            row => row.GetString(0),
            ct,
            [
                Big("now", Rows.Milliseconds(batch.Now)),
                .. ClaimedRuns(batch.Runs),
                Smalls("statuses", batch.Runs.Select(run => (short)run.Status)),
                Smalls("steps", batch.Runs.Select(run => run.Step)),
                Texts("states", batch.Runs.Select(run => run.States)),
                Texts("traces", batch.Runs.Select(run => run.Trace)),
                Smalls("attempts", batch.Runs.Select(run => run.Attempt)),
                Bigs("dues", batch.Runs.Select(run => Rows.Milliseconds(run.DueAt))),
                Texts("digests", batch.Runs.Select(run => run.DigestId)),
            ]);
        return [.. held];
    }

    private static NpgsqlParameter[] ClaimedRuns(IReadOnlyList<Run> runs) =>
    [
        Smalls("buckets", runs.Select(run => run.Bucket)),
        Texts("ids", runs.Select(run => run.Id)),
        Texts("environments", runs.Select(run => run.EnvironmentId)),
        Bigs("tokens", runs.Select(run => run.LeaseToken)),
    ];

    private static NpgsqlParameter[] NamedRows(IReadOnlyCollection<EnvironmentRow> rows) =>
        [Texts("environments", rows.Select(row => row.EnvironmentId)), Texts("ids", rows.Select(row => row.Id))];
}
