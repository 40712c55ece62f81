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

    private const string PromoteNext = """
        WITH next AS MATERIALIZED (
          SELECT d.bucket, d.id, d.due_at, m.id AS run_id
          FROM unnest(@buckets, @environments, @ids) AS v(bucket, environment_id, id)
          JOIN digests d ON d.bucket = v.bucket AND d.id = v.id AND d.environment_id = v.environment_id
          LEFT JOIN LATERAL (
            SELECT r.id FROM runs r JOIN events e ON e.id = r.event_id AND e.environment_id = r.environment_id
            WHERE r.bucket = d.bucket AND r.digest_id = d.id AND r.status = 1 AND NOT r.cancel_requested AND r.id <> d.leader_id
            ORDER BY e.created_at, substr(e.id, 15) LIMIT 1) m ON true),
        promoted AS (
          UPDATE runs r SET status = 0, due_at = next.due_at, updated_at = @now,
            states = substr(r.states, 1, r.step) || 'd' || replace(substr(r.states, r.step + 2), 'm', 'p')
          FROM next WHERE r.bucket = next.bucket AND r.id = next.run_id)
        UPDATE digests d SET leader_id = coalesce(next.run_id, d.leader_id), open = d.open AND next.run_id IS NOT NULL,
          closed_at = CASE WHEN next.run_id IS NULL THEN @now ELSE d.closed_at END
        FROM next WHERE d.bucket = next.bucket AND d.id = next.id
        RETURNING d.environment_id, d.id, next.run_id IS NOT NULL
        """;

    private const string BroughtAlong = """
        SELECT d.environment_id, d.id FROM unnest(@buckets, @environments, @ids) AS v(bucket, environment_id, into_id)
        JOIN digests d ON d.bucket = v.bucket AND d.into_id = v.into_id AND d.environment_id = v.environment_id
        """;

    private const string DigestedEvents = """
        WITH RECURSIVE windows(root, bucket, environment_id, id) AS (
          SELECT v.id COLLATE "C", v.bucket, v.environment_id COLLATE "C", v.id COLLATE "C"
          FROM unnest(@buckets, @environments, @ids) AS v(bucket, environment_id, id)
          UNION ALL
          SELECT windows.root, d.bucket, d.environment_id, d.id
          FROM windows JOIN digests d ON d.bucket = windows.bucket AND d.into_id = windows.id AND d.environment_id = windows.environment_id)
        SELECT windows.root, e.id
        FROM windows
        JOIN runs r ON r.bucket = windows.bucket AND r.digest_id = windows.id AND r.environment_id = windows.environment_id
          AND NOT r.cancel_requested
        JOIN events e ON e.id = r.event_id AND e.environment_id = r.environment_id
        ORDER BY windows.root, e.created_at, substr(e.id, 15)
        """;

    // Members of an open window are over as far as their rows tell. They become runs to be ended again, while nobody can close it.
    private const string LeaveDigests = $"""
        WITH RECURSIVE up(run_id, bucket, id) AS (
          SELECT r.id, r.bucket, r.digest_id FROM runs r
          WHERE r.environment_id = @environment AND r.status = 1 AND r.digest_id IS NOT NULL AND NOT r.cancel_requested
            AND r.event_id = (SELECT id FROM events WHERE environment_id = @environment AND transaction_id = @transaction)
          UNION ALL
          SELECT up.run_id, d.bucket, d.into_id FROM up JOIN digests d ON d.bucket = up.bucket AND d.id = up.id
          WHERE d.into_id IS NOT NULL),
        windows AS MATERIALIZED (
          SELECT d.bucket, up.run_id FROM up JOIN digests d ON d.bucket = up.bucket AND d.id = up.id AND d.environment_id = @environment
          WHERE d.open AND d.leader_id <> up.run_id {InOrderOfPlace})
        UPDATE runs r SET status = 0, cancel_requested = true, due_at = @now
        FROM windows WHERE r.bucket = windows.bucket AND r.id = windows.run_id AND r.status = 1
        """;

    public Task CloseDigestsAsync(IReadOnlyCollection<Run> leaders, DateTimeOffset now, CancellationToken ct) =>
        ExecuteAsync(CloseDigests, ct, [.. LedBy(leaders), Big("now", Rows.Milliseconds(now))]);

    public Task HandOverDigestsAsync(IReadOnlyCollection<Run> leaders, DateTimeOffset now, CancellationToken ct) =>
        InTransactionAsync(
            async connection =>
            {
                // The lock first: the statement that looks for the next one must see what joined while the first waited for it.
                var windows = await QueryAsync(connection, LedDigests, Window, ct, LedBy(leaders));
                while (windows.Count > 0)
                {
                    var left = await QueryAsync(
                        connection, PromoteNext, row => (Window: Window(row), Found: row.GetBoolean(2)), ct,
                        [.. Windows(windows), Big("now", Rows.Milliseconds(now))]);
                    var ended = left.Where(window => !window.Found).Select(window => window.Window).ToList();
                    windows = ended.Count == 0 ? [] : await QueryAsync(connection, BroughtAlong, Window, ct, Windows(ended));
                }

                return true;
            },
            ct);

    public Task<IReadOnlyList<DigestedEvent>> DigestedEventsAsync(IReadOnlyCollection<EnvironmentRow> digests, CancellationToken ct) =>
        QueryAsync(DigestedEvents, row => new DigestedEvent(row.GetString(0), row.GetString(1)), ct, Windows(digests));

    private static EnvironmentRow Window(DbDataReader row) => new(row.GetString(0), row.GetString(1));

    private static NpgsqlParameter[] LedBy(IReadOnlyCollection<Run> leaders) =>
    [
        .. Windows([.. leaders.Select(run => new EnvironmentRow(run.EnvironmentId, run.DigestId!))]),
        Texts("leaders", leaders.Select(run => run.Id)),
    ];

    private static NpgsqlParameter[] Windows(IReadOnlyCollection<EnvironmentRow> windows) =>
        [Smalls("buckets", windows.Select(window => (short)Ids.BucketOf(window.Id))), .. NamedRows(windows)];
}
