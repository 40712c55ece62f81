using Microsoft.Data.Sqlite;

namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    // From what is asked for to what is there: of a CROSS JOIN the planner keeps the order.
    private static readonly string Workflows = $"""
        SELECT {Rows.Qualified("w", Rows.WorkflowColumns)}
        FROM json_each(@ids) v
        CROSS JOIN workflows w ON w.identifier = v.value ->> 0 AND w.environment_id = v.value ->> 1 AND w.deleted_at IS NULL
        """;

    private static readonly string Accept = $"""
        INSERT INTO events (id, environment_id, organization_id, given_transaction_id, workflow_id, version_id, recipients, content,
                            due_at, created_at, status, run_count, attempt)
        SELECT {PreparedRow.Placeholders(10)}, 0, 0, 0
        WHERE NOT EXISTS (SELECT 1 FROM events WHERE id = @p11 AND environment_id = @p2 AND given_transaction_id IS NULL)
        ON CONFLICT (environment_id, given_transaction_id) WHERE given_transaction_id IS NOT NULL DO NOTHING
        """;

    private const string InsertAttachment =
        "INSERT INTO attachments (event_id, ordinal, part, environment_id, content) VALUES (@p1, @p2, @p3, @p4, @p5)";

    private const string StopEvent = """
        UPDATE events SET status = 2, due_at = NULL, lease_token = NULL
        WHERE environment_id = @environment AND id = @event AND status = 0
        """;

    private const string CancelRuns = """
        UPDATE runs SET cancel_requested = 1, due_at = CASE WHEN lease_token IS NULL THEN @now ELSE due_at END,
          resumes_at = CASE WHEN lease_token IS NULL THEN due_at END
        WHERE environment_id = @environment AND status = 0 AND NOT cancel_requested AND event_id = @event
        """;

    public Task<IReadOnlyList<TriggeredWorkflow>> WorkflowsAsync(IReadOnlyCollection<EnvironmentRow> identifiers, CancellationToken ct) =>
        QueryAsync(Workflows, Rows.Workflow, ct, NamedRows(identifiers));

    public Task<IReadOnlyList<bool>?> AcceptAsync(
        IReadOnlyList<Event> events, IReadOnlyCollection<TriggeredWorkflow> seen, CancellationToken ct) =>
        InTransactionAsync<IReadOnlyList<bool>?>(
            async connection =>
            {
                if (!await StandAsync(connection, seen, ct)) return null;

                using var insert = new PreparedRow(connection, Accept, 11);
                List<bool> isNew = [.. events.Select(e => Insert(insert, e))];
                Attach(connection, events.Where((_, i) => isNew[i]).SelectMany(e => e.Attachments));
                return isNew;
            },
            ct);

    public Task<bool> CancelAsync(string environmentId, string eventId, DateTimeOffset now, CancellationToken ct) =>
        InTransactionAsync(
            async connection =>
            {
                (string, object?)[] named = [("@environment", environmentId), ("@event", eventId)];
                var stopped = await ExecuteAsync(connection, StopEvent, ct, named);
                var cancelled = await ExecuteAsync(connection, CancelRuns, ct, [.. named, ("@now", Rows.Milliseconds(now))]);
                var left = await ExecuteAsync(connection, LeaveDigests, ct, [.. named, ("@now", Rows.Milliseconds(now))]);
                return stopped + cancelled + left > 0;
            },
            ct);

    private static async Task<bool> StandAsync(SqliteConnection connection, IReadOnlyCollection<TriggeredWorkflow> seen, CancellationToken ct)
    {
        if (seen.Count == 0) return true;

        var names = seen.Select(workflow => new EnvironmentRow(workflow.EnvironmentId, workflow.Identifier)).ToList();
        var standing = await QueryAsync(connection, Workflows, Rows.Workflow, ct, NamedRows(names));
        return standing.ToHashSet().IsSupersetOf(seen);
    }

    private static void Attach(SqliteConnection connection, IEnumerable<Attachment> attachments)
    {
        PreparedRow? attach = null;
        foreach (var piece in attachments)
        {
            attach ??= new(connection, InsertAttachment, 5);
            attach.Execute(piece.EventId, piece.Ordinal, piece.Part, piece.EnvironmentId, piece.Content);
        }

        attach?.Dispose();
    }

    private static bool Insert(PreparedRow insert, Event e) => insert.Execute(
        e.Id,
        e.EnvironmentId,
        e.OrganizationId,
        e.GivenTransactionId,
        e.WorkflowId,
        e.VersionId,
        e.Recipients,
        e.Content,
        Rows.Milliseconds(e.DueAt),
        Rows.Milliseconds(e.CreatedAt),
        e.NamesakeId) > 0;
}
