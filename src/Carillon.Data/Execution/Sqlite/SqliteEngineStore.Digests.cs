using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    private const string CloseDigest = """
        UPDATE digests SET open = 0, closed_at = @p1 WHERE bucket = @p2 AND id = @p3 AND environment_id = @p4 AND leader_id = @p5 AND open
        """;

    private const string LeadsDigest =
        "SELECT 1 FROM digests WHERE bucket = @p1 AND id = @p2 AND environment_id = @p3 AND leader_id = @p4";

    private const string NextInDigest = """
        SELECT r.id FROM digests d
        JOIN runs r ON r.bucket = d.bucket AND r.digest_id = d.id AND r.environment_id = d.environment_id
        JOIN events e ON e.id = r.event_id AND e.environment_id = r.environment_id
        WHERE d.bucket = @p1 AND d.id = @p2 AND d.environment_id = @p3 AND r.status = 1 AND NOT r.cancel_requested AND r.id <> d.leader_id
        ORDER BY e.created_at, substr(e.id, 15) LIMIT 1
        """;

    private const string PromoteRun = """
        UPDATE runs SET status = 0, updated_at = @p1,
          due_at = (SELECT d.due_at FROM digests d WHERE d.bucket = runs.bucket AND d.id = runs.digest_id),
          states = substr(states, 1, step) || 'd' || replace(substr(states, step + 2), 'm', 'p')
        WHERE bucket = @p2 AND id = @p3 AND environment_id = @p4
        """;

    private const string LeadDigest = "UPDATE digests SET leader_id = @p1 WHERE bucket = @p2 AND id = @p3 AND environment_id = @p4";

    private const string EndDigest =
        "UPDATE digests SET open = 0, closed_at = @p1 WHERE bucket = @p2 AND id = @p3 AND environment_id = @p4";

    private const string BroughtAlong =
        "SELECT id FROM digests WHERE bucket = @bucket AND into_id = @id AND environment_id = @environment";

    private const string DigestedEvents = """
        WITH RECURSIVE windows(root, bucket, environment_id, id) AS (
          SELECT v.value ->> 1, v.value ->> 0, v.value ->> 2, v.value ->> 1 FROM json_each(@ids) v
          UNION ALL
          SELECT windows.root, d.bucket, d.environment_id, d.id
          FROM windows CROSS JOIN digests d
            ON d.bucket = windows.bucket AND d.into_id = windows.id AND d.environment_id = windows.environment_id)
        SELECT windows.root, e.id
        FROM windows
        CROSS JOIN runs r ON r.bucket = windows.bucket AND r.digest_id = windows.id AND r.environment_id = windows.environment_id
          AND NOT r.cancel_requested
        CROSS JOIN events e ON e.id = r.event_id AND e.environment_id = r.environment_id
        ORDER BY windows.root, e.created_at, substr(e.id, 15)
        """;

    // Members of an open window are over as far as their rows tell. They become runs to be ended again.
    private const string LeaveDigests = """
        WITH RECURSIVE up(run_id, bucket, id) AS (
          SELECT r.id, r.bucket, r.digest_id FROM runs r
          WHERE r.environment_id = @environment AND r.status = 1 AND r.digest_id IS NOT NULL AND NOT r.cancel_requested
            AND r.event_id = (SELECT id FROM events WHERE environment_id = @environment AND transaction_id = @transaction)
          UNION ALL
          SELECT up.run_id, d.bucket, d.into_id FROM up CROSS JOIN digests d ON d.bucket = up.bucket AND d.id = up.id
          WHERE d.into_id IS NOT NULL)
        UPDATE runs SET status = 0, cancel_requested = 1, due_at = @now
        WHERE status = 1 AND (bucket, id) IN (
          SELECT d.bucket, up.run_id FROM up CROSS JOIN digests d ON d.bucket = up.bucket AND d.id = up.id AND d.environment_id = @environment
          WHERE d.open AND d.leader_id <> up.run_id)
        """;

    public Task CloseDigestsAsync(IReadOnlyCollection<Run> leaders, DateTimeOffset now, CancellationToken ct) =>
        InTransactionAsync(
            connection =>
            {
                using var close = new PreparedRow(connection, CloseDigest, 5);
                return Task.FromResult(leaders.Sum(run =>
                    close.Execute(Rows.Milliseconds(now), run.Bucket, run.DigestId, run.EnvironmentId, run.Id)));
            },
            ct);

    public Task HandOverDigestsAsync(IReadOnlyCollection<Run> leaders, DateTimeOffset now, CancellationToken ct) =>
        InTransactionAsync(
            async connection =>
            {
                foreach (var run in leaders)
                {
                    using var leads = new PreparedRow(connection, LeadsDigest, 4);
                    if (leads.Value(run.Bucket, run.DigestId, run.EnvironmentId, run.Id) is not null)
                        await HandOverAsync(connection, run, run.DigestId!, now, ct);
                }

                return true;
            },
            ct);

    public Task<IReadOnlyList<DigestedEvent>> DigestedEventsAsync(IReadOnlyCollection<EnvironmentRow> digests, CancellationToken ct) =>
        QueryAsync(
            DigestedEvents, row => new DigestedEvent(row.GetString(0), row.GetString(1)), ct,
            ("@ids", Mapping.JsonColumn.Write(digests.Select(digest => new object[] { Ids.BucketOf(digest.Id), digest.Id, digest.EnvironmentId }))));

    private static async Task HandOverAsync(SqliteConnection connection, Run leader, string digestId, DateTimeOffset now, CancellationToken ct)
    {
        using var next = new PreparedRow(connection, NextInDigest, 3);
        if (next.Value(leader.Bucket, digestId, leader.EnvironmentId) is string successor)
        {
            using var promote = new PreparedRow(connection, PromoteRun, 4);
            promote.Execute(Rows.Milliseconds(now), leader.Bucket, successor, leader.EnvironmentId);
            using var lead = new PreparedRow(connection, LeadDigest, 4);
            lead.Execute(successor, leader.Bucket, digestId, leader.EnvironmentId);
            return;
        }

        using var end = new PreparedRow(connection, EndDigest, 4);
        end.Execute(Rows.Milliseconds(now), leader.Bucket, digestId, leader.EnvironmentId);
        var along = await QueryAsync(
            connection, BroughtAlong, Id, ct, ("@bucket", leader.Bucket), ("@id", digestId), ("@environment", leader.EnvironmentId));
        foreach (var brought in along)
            await HandOverAsync(connection, leader, brought, now, ct);
    }

    private static string Id(DbDataReader row) => row.GetString(0);
}
