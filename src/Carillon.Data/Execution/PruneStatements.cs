namespace Carillon.Data.Execution;

/// <summary>
/// What retention removes, oldest first and bucket by bucket so that each step is a short index range. Runs that still wait are
/// never old, however long they wait, and an event stays while a run needs it.
/// </summary>
internal static class PruneStatements
{
    public const string Runs = """
        DELETE FROM runs WHERE (bucket, id) IN (
          SELECT r.bucket, r.id FROM runs r
          WHERE r.bucket = @bucket AND r.id < @horizon AND r.status <> 0 AND r.updated_at < @before
            AND (r.digest_id IS NULL OR NOT EXISTS (SELECT 1 FROM digests d WHERE d.bucket = r.bucket AND d.id = r.digest_id))
          ORDER BY r.id LIMIT @limit)
        """;

    // A window stays as long as what was gathered in it may still be said, and with it the runs that are in it.
    public const string Digests = """
        DELETE FROM digests WHERE (bucket, id) IN (
          SELECT d.bucket, d.id FROM digests d
          WHERE d.bucket = @bucket AND d.id < @horizon AND NOT d.open AND d.closed_at < @before
            AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.bucket = d.bucket AND r.id = d.leader_id AND (r.status = 0 OR r.updated_at >= @before))
            AND NOT EXISTS (SELECT 1 FROM digests later WHERE later.bucket = d.bucket AND later.id = d.into_id)
          ORDER BY d.id LIMIT @limit)
        """;

    public const string DigestArrivals = """
        DELETE FROM digest_arrivals WHERE (bucket, environment_id, workflow_id, step_id, subscriber_id, key) IN (
          SELECT bucket, environment_id, workflow_id, step_id, subscriber_id, key FROM digest_arrivals
          WHERE expires_at < @now ORDER BY expires_at LIMIT @limit)
        """;

    // A run that goes on may still ask whether an earlier message of its own was read.
    public const string InAppMessages = """
        DELETE FROM messages WHERE (bucket, id) IN (
          SELECT m.bucket, m.id FROM messages m WHERE m.bucket = @bucket AND m.id < @horizon AND m.channel = 'in_app'
            AND (SELECT r.status FROM runs r WHERE r.bucket = m.bucket AND r.id = m.run_id) IS DISTINCT FROM 0
          ORDER BY m.id LIMIT @limit)
        """;

    public const string OtherMessages = """
        DELETE FROM messages WHERE (bucket, id) IN (
          SELECT m.bucket, m.id FROM messages m WHERE m.bucket = @bucket AND m.id < @horizon AND m.channel <> 'in_app'
            AND (SELECT r.status FROM runs r WHERE r.bucket = m.bucket AND r.id = m.run_id) IS DISTINCT FROM 0
          ORDER BY m.id LIMIT @limit)
        """;

    // What is said of a run goes with it, also where it was said much later.
    public const string Reports = """
        DELETE FROM message_reports WHERE (bucket, message_id, fingerprint) IN (
          SELECT p.bucket, p.message_id, p.fingerprint FROM message_reports p
          WHERE p.bucket = @bucket AND p.message_id < @horizon AND p.created_at < @before
            AND (SELECT r.id FROM runs r WHERE r.bucket = p.bucket AND r.id = p.run_id) IS NULL
          ORDER BY p.message_id LIMIT @limit)
        """;

    // Not NOT EXISTS, which PostgreSQL answers by reading all runs at once; this way it looks for one run of each old event.
    public const string Events = """
        DELETE FROM events WHERE id IN (
          SELECT id FROM events e WHERE id < @horizon AND status <> 0
            AND (SELECT r.event_id FROM runs r WHERE r.environment_id = e.environment_id AND r.event_id = e.id LIMIT 1) IS NULL
          ORDER BY id LIMIT @limit)
        """;

    public const string Outgoing = """
        DELETE FROM outgoing_events WHERE id IN (
          SELECT id FROM outgoing_events WHERE id < @horizon AND due_at IS NULL ORDER BY id LIMIT @limit)
        """;

    // A file goes with the last run that could be sent it: one that goes on, one whose window may still make it go on, or one that
    // failed and may be asked for again.
    public const string Attachments = """
        DELETE FROM attachments WHERE event_id < @horizon AND (event_id, ordinal, part) IN (
          SELECT a.event_id, a.ordinal, a.part FROM attachments a
          WHERE a.event_id < @horizon AND (SELECT e.status FROM events e WHERE e.id = a.event_id) IS DISTINCT FROM 0
            AND (
              SELECT r.event_id FROM runs r LEFT JOIN digests d ON d.bucket = r.bucket AND d.id = r.digest_id
              WHERE r.environment_id = a.environment_id AND r.event_id = a.event_id
                AND (r.status = 0 OR r.states LIKE '%f%' OR d.open OR d.into_id IS NOT NULL
                  OR (SELECT l.status FROM runs l WHERE l.bucket = d.bucket AND l.id = d.leader_id) = 0)
              LIMIT 1) IS NULL
          ORDER BY a.event_id, a.ordinal, a.part LIMIT @limit)
        """;

    public const string ConsumedStates = """
        DELETE FROM consumed_states WHERE nonce IN (
          SELECT nonce FROM consumed_states WHERE expires_at < @now ORDER BY expires_at LIMIT @limit)
        """;

    public const string IdempotencyRecords = """
        DELETE FROM idempotency_records WHERE (environment_id, route, key) IN (
          SELECT environment_id, route, key FROM idempotency_records WHERE expires_at < @now ORDER BY expires_at LIMIT @limit)
        """;

    /// <param name="outgoing">How this database finds old events for endpoints.</param>
    public static IReadOnlyList<HotStatement> All(string outgoing) =>
    [
        new("prune runs", Runs),
        new("prune digests", Digests),
        new("prune digest arrivals", DigestArrivals),
        new("prune in-app messages", InAppMessages),
        new("prune other messages", OtherMessages),
        new("prune reports", Reports),
        new("prune events", Events),
        new("prune outgoing", outgoing),
        new("prune attachments", Attachments),
        new("prune consumed states", ConsumedStates),
        new("prune idempotency records", IdempotencyRecords),
    ];

    /// <summary>The smallest id that was made at or after this instant; before 1970 nothing was.</summary>
    public static string HorizonId(DateTimeOffset instant) =>
        $"{Math.Clamp(instant.ToUnixTimeSeconds(), 0, uint.MaxValue):x8}0000000000000000";
}
