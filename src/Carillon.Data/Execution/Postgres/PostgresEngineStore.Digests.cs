using System.Data.Common;
using Npgsql;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    // The order of DigestPlace, in which windows are locked everywhere.
    private const string InOrderOfPlace = """
        ORDER BY d.bucket, d.environment_id, d.workflow_id, d.step_id, d.subscriber_id, d.key FOR UPDATE OF d
        """;

    private const string CloseDigests = $"""
        WITH led AS MATERIALIZED (
          SELECT d.bucket, d.id FROM unnest(@buckets, @environments, @ids, @leaders) AS v(bucket, environment_id, id, leader_id)
          JOIN digests d ON d.bucket = v.bucket AND d.id = v.id AND d.environment_id = v.environment_id AND d.leader_id = v.leader_id
          WHERE d.open {InOrderOfPlace})
        UPDATE digests d SET open = false, closed_at = @now FROM led WHERE d.bucket = led.bucket AND d.id = led.id
        """;

    private const string LedDigests = $"""
        SELECT d.environment_id, d.id FROM unnest(@buckets, @environments, @ids, @leaders) AS v(bucket, environment_id, id, leader_id)
        JOIN digests d ON d.bucket = v.bucket AND d.id = v.id AND d.environment_id = v.environment_id AND d.leader_id = v.leader_id
        {InOrderOfPlace}
        """;

    // All that is left in a window, whatever windows brought it there.
    private const string Tree = """
        windows(root, bucket, environment_id, id) AS (
          SELECT v.id COLLATE "C", v.bucket, v.environment_id COLLATE "C", v.id COLLATE "C"
          FROM unnest(@buckets, @environments, @ids) AS v(bucket, environment_id, id)
          UNION ALL
          SELECT windows.root, d.bucket, d.environment_id, d.id
          FROM windows JOIN digests d ON d.bucket = windows.bucket AND d.into_id = windows.id AND d.environment_id = windows.environment_id)
        """;

    // It keeps what its own steps came to, and has ahead what the leader had.
    private const string PromoteNext = $"""
        WITH RECURSIVE {Tree},
        led AS MATERIALIZED (
          SELECT d.bucket, d.id, d.environment_id, d.due_at, l.id AS leader_id, l.step, l.states, l.resumes_at
          FROM unnest(@buckets, @environments, @ids) AS v(bucket, environment_id, id)
          JOIN digests d ON d.bucket = v.bucket AND d.id = v.id AND d.environment_id = v.environment_id
          JOIN runs l ON l.bucket = d.bucket AND l.id = d.leader_id AND l.environment_id = d.environment_id),
        next AS MATERIALIZED (
          SELECT DISTINCT ON (led.id) led.bucket, led.id, led.leader_id, led.step, led.states, coalesce(led.resumes_at, led.due_at) AS due_at, m.run_id
          FROM led LEFT JOIN (
            SELECT windows.root, r.id AS run_id, e.created_at, e.id AS event_id FROM windows
            JOIN runs r ON r.bucket = windows.bucket AND r.digest_id = windows.id AND r.environment_id = windows.environment_id
              AND r.status = 1 AND NOT r.cancel_requested
            JOIN events e ON e.id = r.event_id AND e.environment_id = r.environment_id) m ON m.root = led.id AND m.run_id <> led.leader_id
          ORDER BY led.id, m.created_at, substr(m.event_id, 15)),
        promoted AS (
          UPDATE runs r SET status = 0, step = next.step, states = substr(r.states, 1, next.step) || substr(next.states, next.step + 1),
            digest_id = next.id, due_at = next.due_at, attempt = 0, updated_at = @now
          FROM next WHERE r.bucket = next.bucket AND r.id = next.run_id
          RETURNING r.id, r.bucket, r.trace, r.created_at),
        followed AS (
          UPDATE digests d SET leader_id = coalesce(next.run_id, d.leader_id), open = d.open AND next.run_id IS NOT NULL,
            closed_at = CASE WHEN next.run_id IS NULL THEN @now ELSE d.closed_at END
          FROM next WHERE d.bucket = next.bucket AND d.id = next.id)
        SELECT next.leader_id, promoted.id, promoted.bucket, promoted.trace, promoted.created_at
        FROM next JOIN promoted ON promoted.bucket = next.bucket AND promoted.id = next.run_id
        """;

    private const string CarryOn = """
        UPDATE runs r SET trace = v.trace FROM unnest(@buckets, @environments, @ids, @traces) AS v(bucket, environment_id, id, trace)
        WHERE r.bucket = v.bucket AND r.id = v.id AND r.environment_id = v.environment_id
        """;

    private const string DigestedEvents = $"""
        WITH RECURSIVE {Tree}
        SELECT windows.root, e.id
        FROM windows
        JOIN runs r ON r.bucket = windows.bucket AND r.digest_id = windows.id AND r.environment_id = windows.environment_id
          AND NOT r.cancel_requested
        JOIN events e ON e.id = r.event_id AND e.environment_id = r.environment_id
        ORDER BY windows.root, e.created_at, substr(e.id, 15)
        """;

    // What was merged is over as far as its row tells, and becomes a run to be ended again, as long as its window is open or what was
    // gathered in it is on its way. Whoever waited for a window finds that it leads by now, and is cancelled as such.
    private const string LeaveDigests = $"""
        WITH RECURSIVE up(run_id, bucket, id) AS (
          SELECT r.id, r.bucket, r.digest_id FROM runs r
          WHERE r.environment_id = @environment AND r.status = 1 AND r.digest_id IS NOT NULL AND NOT r.cancel_requested
            AND r.event_id = @event
          UNION ALL
          SELECT up.run_id, d.bucket, d.into_id FROM up JOIN digests d ON d.bucket = up.bucket AND d.id = up.id
          WHERE d.into_id IS NOT NULL),
        windows AS MATERIALIZED (
          SELECT d.bucket, up.run_id FROM up JOIN digests d ON d.bucket = up.bucket AND d.id = up.id AND d.environment_id = @environment
          WHERE (d.open OR EXISTS (SELECT 1 FROM runs l WHERE l.bucket = d.bucket AND l.id = d.leader_id AND l.status = 0))
            AND d.leader_id <> up.run_id {InOrderOfPlace})
        UPDATE runs r SET status = 0, cancel_requested = true, due_at = CASE WHEN r.lease_token IS NULL THEN @now ELSE r.due_at END,
          resumes_at = CASE WHEN r.status = 0 AND r.lease_token IS NULL THEN r.due_at END
        FROM windows WHERE r.bucket = windows.bucket AND r.id = windows.run_id AND r.status <> 2 AND NOT r.cancel_requested
        """;

    public Task CloseDigestsAsync(IReadOnlyCollection<Run> leaders, DateTimeOffset now, CancellationToken ct) =>
        ExecuteAsync(CloseDigests, ct, [.. LedBy(leaders), Big("now", Rows.Milliseconds(now))]);

    public Task HandOverDigestsAsync(IReadOnlyCollection<Run> leaders, DateTimeOffset now, CancellationToken ct) =>
        InTransactionAsync(
            async connection =>
            {
                // The lock first: the statement that looks for the next one must see what joined while the first waited for it.
                var windows = await QueryAsync(connection, LedDigests, Window, ct, LedBy(leaders));
                if (windows.Count == 0) return 0;

                var next = await QueryAsync(
                    connection, PromoteNext, row => Successor(row, leaders), ct, [.. Windows(windows), Big("now", Rows.Milliseconds(now))]);
                return await CarryOnAsync(connection, [.. next.Where(one => one.Trace is not null)], ct);
            },
            ct);

    public Task<IReadOnlyList<DigestedEvent>> DigestedEventsAsync(IReadOnlyCollection<EnvironmentRow> digests, CancellationToken ct) =>
        QueryAsync(DigestedEvents, row => new DigestedEvent(row.GetString(0), row.GetString(1)), ct, Windows(digests));

    private static (short Bucket, string EnvironmentId, string Id, string? Trace) Successor(DbDataReader row, IReadOnlyCollection<Run> leaders)
    {
        var leader = leaders.First(run => run.Id == row.GetString(0));
        return (row.GetInt16(2), leader.EnvironmentId, row.GetString(1), Succession.Trace(leader, row.GetString(3), Rows.Instant(row, 4)!.Value));
    }

    private static async Task<int> CarryOnAsync(
        NpgsqlConnection connection, IReadOnlyList<(short Bucket, string EnvironmentId, string Id, string? Trace)> runs, CancellationToken ct) =>
        runs.Count == 0
            ? 0
            : await ExecuteAsync(
                connection, CarryOn, ct,
                Smalls("buckets", runs.Select(run => run.Bucket)), Texts("environments", runs.Select(run => run.EnvironmentId)),
                Texts("ids", runs.Select(run => run.Id)), Texts("traces", runs.Select(run => run.Trace)));

    private static EnvironmentRow Window(DbDataReader row) => new(row.GetString(0), row.GetString(1));

    private static NpgsqlParameter[] LedBy(IReadOnlyCollection<Run> leaders) =>
    [
        .. Windows([.. leaders.Select(run => new EnvironmentRow(run.EnvironmentId, run.DigestId!))]),
        Texts("leaders", leaders.Select(run => run.Id)),
    ];

    private static NpgsqlParameter[] Windows(IReadOnlyCollection<EnvironmentRow> windows) =>
        [Smalls("buckets", windows.Select(window => (short)Ids.BucketOf(window.Id))), .. NamedRows(windows)];
}
