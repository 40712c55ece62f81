using Carillon.Contract.Databases;
using Carillon.Data;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Contract.Plans;

/// <summary>
/// Enough rows that a planner has to care, in SQL that both databases understand: ten environments, most work done, one run in
/// a hundred still waiting. Row <c>i</c> of a table has <see cref="IdOf"/> as its id.
/// </summary>
internal static class LargeTables
{
    /// <summary>What is read and written for every event. The others are small beside these, and only pruned in passing.</summary>
    public static readonly IReadOnlySet<string?> Hot =
        new HashSet<string?> { "digests", "events", "message_reports", "messages", "outgoing_events", "runs", "subscriber_preferences", "subscribers", "topic_subscribers" };

    private const string Fill = """
        CREATE TABLE numbers (i bigint PRIMARY KEY);
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999) INSERT INTO numbers SELECT i FROM n;

        INSERT INTO subscribers (id, environment_id, organization_id, external_id, created_at, updated_at)
        SELECT '10000000000' || CAST(1000000000000 + i AS text), 'environment-' || (i % 10), 'organization', 'person-' || i, 1, 1
        FROM numbers;

        INSERT INTO topic_subscribers (id, topic_id, subscriber_id, environment_id, created_at)
        SELECT id, 'topic-of-' || environment_id, id, environment_id, 1 FROM subscribers;

        INSERT INTO events (id, environment_id, organization_id, given_transaction_id, workflow_id, version_id, recipients, content,
                            status, run_count, due_at, attempt, created_at)
        SELECT '10000000000' || CAST(1000000000000 + i AS text), 'environment-' || (i % 10), 'organization', 'transaction-' || i,
               'workflow', 'version', '[]', 'Something to say that fills as many bytes as an ordinary payload does',
               CASE WHEN i % 100 = 0 THEN 0 ELSE 1 END, 1, CASE WHEN i % 100 = 0 THEN 1000000 + i END, 0, 1
        FROM numbers;

        INSERT INTO runs (bucket, id, environment_id, event_id, subscriber_id, workflow_id, version_id, status, step, states, trace,
                          due_at, attempt, cancel_requested, created_at, updated_at)
        SELECT i % 256, id, environment_id, id, id, 'workflow', 'version', status, 0, 'cc', '[[31,0,5],[32,0,7],[31,1,9],[32,1,12]]',
               due_at, 0, false, 1, 1
        FROM events JOIN numbers ON events.given_transaction_id = 'transaction-' || numbers.i;

        INSERT INTO messages (bucket, id, environment_id, subscriber_id, run_id, event_id, workflow_id, version_id, step, channel,
                              provider_id, identifier, content, status, seen, read, archived, created_at, updated_at)
        SELECT bucket, id, environment_id, subscriber_id, id, event_id, workflow_id, version_id, 0,
               CASE WHEN bucket % 2 = 0 THEN 'in_app' ELSE 'email' END, 'provider', CASE WHEN bucket % 2 = 1 THEN id END, 'Some words to somebody', 'sent', false, false, false, 1, 1
        FROM runs;

        INSERT INTO digests (bucket, id, environment_id, workflow_id, step_id, subscriber_id, key, leader_id, open, due_at, into_id, closed_at)
        SELECT bucket, id, environment_id, workflow_id, 'step', subscriber_id, '', id, status = 0, 1000000,
               CASE WHEN bucket % 50 = 0 THEN id END, CASE WHEN status = 1 THEN 1 END
        FROM runs;

        INSERT INTO attachments (event_id, ordinal, part, environment_id, content) SELECT id, 0, 0, environment_id, CAST('file' AS bytea) FROM events;

        UPDATE runs SET digest_id = id WHERE bucket % 5 = 0;

        INSERT INTO digest_arrivals (bucket, environment_id, workflow_id, step_id, subscriber_id, key, last_at, expires_at)
        SELECT bucket, environment_id, workflow_id, 'step', subscriber_id, '', 1, 1000000 + bucket FROM runs;

        INSERT INTO subscriber_preferences (bucket, subscriber_id, workflow_id, environment_id, email, created_at, updated_at)
        SELECT bucket, subscriber_id, CASE WHEN bucket % 2 = 0 THEN '' ELSE workflow_id END, environment_id, false, 1, 1 FROM runs;

        INSERT INTO message_reports (bucket, message_id, fingerprint, environment_id, run_id, step, provider_id, status, response, row, at, created_at)
        SELECT bucket, id, 'fingerprint', environment_id, id, 0, 'provider', 20, '250 ok', '[]', 1, 1 FROM runs;

        INSERT INTO outgoing_events (id, environment_id, endpoint_id, message_id, type, payload, status, due_at, attempt, created_at, updated_at)
        SELECT id, environment_id, 'endpoint-of-' || environment_id, id, 'message.sent',
               'As many words as an event says of a message, with its ids, its recipient and its time. As many words as an event says of a message, with its ids, its recipient and its time. As many words as an event says of a message, with its ids, its recipient and its time. As many words as an event says of a message, with its ids, its recipient and its time.',
               status, due_at, 0, 1, 1 FROM runs;

        INSERT INTO consumed_states (nonce, environment_id, expires_at) SELECT id, environment_id, 1000000 + bucket FROM runs;

        INSERT INTO idempotency_records (environment_id, route, key, body_hash, created_at, expires_at)
        SELECT environment_id, 'POST /v1/events/trigger', id, 'hash', 1, 1000000 + bucket FROM runs;

        DROP TABLE numbers;
        """;

    public static string IdOf(int row) => $"10000000000{1_000_000_000_000 + row}";

    public static async Task FillAsync(TestDatabase database)
    {
        await using var db = database.Database.Open("");
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        await db.Database.ExecuteSqlRawAsync(Fill);
    }

    public static async Task AnalyseAsync(TestDatabase database)
    {
        await using var db = database.Database.Open("");
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
    }
}
