using Microsoft.Data.Sqlite;

namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    private const string CloseDigest = """
        UPDATE digests SET open = 0, closed_at = @p1 WHERE bucket = @p2 AND id = @p3 AND environment_id = @p4 AND leader_id = @p5 AND open
        """;

    private const string LeadsDigest =
        "SELECT 1 FROM digests WHERE bucket = @p1 AND id = @p2 AND environment_id = @p3 AND leader_id = @p4";

    // All that is left in a window, whatever windows brought it there.
    private const string Tree = """
        windows(root, bucket, environment_id, id) AS (
          SELECT v.value ->> 1, v.value ->> 0, v.value ->> 2, v.value ->> 1 FROM json_each(@ids) v
          UNION ALL
          SELECT windows.root, d.bucket, d.environment_id, d.id
          FROM windows CROSS JOIN digests d
            ON d.bucket = windows.bucket AND d.into_id = windows.id AND d.environment_id = windows.environment_id)
        """;

    private const string NextInDigest = $"""
        WITH RECURSIVE {Tree}
        SELECT r.id, r.trace, r.created_at
        FROM windows
        CROSS JOIN runs r ON r.bucket = windows.bucket AND r.digest_id = windows.id AND r.environment_id = windows.environment_id
          AND r.status = 1 AND NOT r.cancel_requested AND r.id <> @leader
        CROSS JOIN events e ON e.id = r.event_id AND e.environment_id = r.environment_id
        ORDER BY e.created_at, substr(e.id, 15) LIMIT 1
        """;

    // It keeps what its own steps came to, and has ahead what the leader had.
    private const string PromoteRun = """
        UPDATE runs SET status = 0, step = l.step, states = substr(runs.states, 1, l.step) || substr(l.states, l.step + 1),
          digest_id = d.id, due_at = coalesce(l.resumes_at, d.due_at), attempt = 0, trace = coalesce(@p5, runs.trace), updated_at = @p1
        FROM digests d CROSS JOIN runs l ON l.bucket = d.bucket AND l.id = d.leader_id
        WHERE d.bucket = @p2 AND d.id = @p6 AND d.environment_id = @p4
          AND runs.bucket = @p2 AND runs.id = @p3 AND runs.environment_id = @p4
        """;

    private const string LeadDigest = "UPDATE digests SET leader_id = @p1 WHERE bucket = @p2 AND id = @p3 AND environment_id = @p4";

    private const string EndDigest =
        "UPDATE digests SET open = 0, closed_at = @p1 WHERE bucket = @p2 AND id = @p3 AND environment_id = @p4";

    private const string DigestedEvents = $"""
        WITH RECURSIVE {Tree}
        SELECT windows.root, e.id
        FROM windows
        CROSS JOIN runs r ON r.bucket = windows.bucket AND r.digest_id = windows.id AND r.environment_id = windows.environment_id
          AND NOT r.cancel_requested
        CROSS JOIN events e ON e.id = r.event_id AND e.environment_id = r.environment_id
        ORDER BY windows.root, e.created_at, substr(e.id, 15)
        """;

    // What was merged is over as far as its row tells, and becomes a run to be ended again, as long as its window is open or what was
    // gathered in it is on its way.
    private const string LeaveDigests = """
        WITH RECURSIVE up(run_id, bucket, id) AS (
          SELECT r.id, r.bucket, r.digest_id FROM runs r
          WHERE r.environment_id = @environment AND r.status = 1 AND r.digest_id IS NOT NULL AND NOT r.cancel_requested
            AND r.event_id = @event
          UNION ALL
          SELECT up.run_id, d.bucket, d.into_id FROM up CROSS JOIN digests d ON d.bucket = up.bucket AND d.id = up.id
          WHERE d.into_id IS NOT NULL)
        UPDATE runs SET status = 0, cancel_requested = 1, due_at = @now
        WHERE status = 1 AND (bucket, id) IN (
          SELECT d.bucket, up.run_id FROM up CROSS JOIN digests d ON d.bucket = up.bucket AND d.id = up.id AND d.environment_id = @environment
          WHERE d.leader_id <> up.run_id
            AND (d.open OR EXISTS (SELECT 1 FROM runs l WHERE l.bucket = d.bucket AND l.id = d.leader_id AND l.status = 0)))
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
                        await HandOverAsync(connection, run, now, ct);
                }

                return true;
            },
            ct);

    public Task<IReadOnlyList<DigestedEvent>> DigestedEventsAsync(IReadOnlyCollection<EnvironmentRow> digests, CancellationToken ct) =>
        QueryAsync(
            DigestedEvents, row => new DigestedEvent(row.GetString(0), row.GetString(1)), ct,
            ("@ids", Windows(digests)));

    private static async Task HandOverAsync(SqliteConnection connection, Run leader, DateTimeOffset now, CancellationToken ct)
    {
        var (digestId, environmentId) = (leader.DigestId!, leader.EnvironmentId);
        var next = await QueryAsync(
            connection, NextInDigest, row => (Id: row.GetString(0), Trace: Succession.Trace(leader, row.GetString(1), Rows.Instant(row, 2)!.Value)), ct,
            ("@ids", Windows([new(environmentId, digestId)])), ("@leader", leader.Id));
        if (next.Count == 0)
        {
            using var end = new PreparedRow(connection, EndDigest, 4);
            end.Execute(Rows.Milliseconds(now), leader.Bucket, digestId, environmentId);
            return;
        }

        using var promote = new PreparedRow(connection, PromoteRun, 6);
        promote.Execute(Rows.Milliseconds(now), leader.Bucket, next[0].Id, environmentId, next[0].Trace, digestId);
        using var lead = new PreparedRow(connection, LeadDigest, 4);
        lead.Execute(next[0].Id, leader.Bucket, digestId, environmentId);
    }

    private static string Windows(IReadOnlyCollection<EnvironmentRow> digests) =>
        Mapping.JsonColumn.Write(digests.Select(digest => new object[] { Ids.BucketOf(digest.Id), digest.Id, digest.EnvironmentId }));
}
