using Carillon.Data.Outgoing;
using Microsoft.Data.Sqlite;

namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    private const int OutgoingColumnCount = 14;

    private static readonly string InsertOutgoing =
        $"INSERT INTO outgoing_events ({Rows.OutgoingColumns}) VALUES ({PreparedRow.Placeholders(OutgoingColumnCount)})";

    // From one endpoint to the next by the index, past all that waits for the same one.
    private const string DueEndpoints = """
        WITH RECURSIVE waiting(id) AS (
          SELECT min(endpoint_id) FROM outgoing_events WHERE due_at IS NOT NULL
          UNION ALL
          SELECT (SELECT min(o.endpoint_id) FROM outgoing_events o WHERE o.due_at IS NOT NULL AND o.endpoint_id > waiting.id)
          FROM waiting WHERE waiting.id IS NOT NULL)
        SELECT waiting.id, (SELECT min(o.due_at) FROM outgoing_events o WHERE o.endpoint_id = waiting.id AND o.due_at IS NOT NULL)
        FROM waiting WHERE waiting.id IS NOT NULL
        """;

    private static readonly string DueOutgoing =
        $"SELECT {Rows.OutgoingColumns} FROM outgoing_events WHERE endpoint_id = @id AND due_at <= @now ORDER BY due_at, id LIMIT @limit";

    private const string TakeOutgoing = "UPDATE outgoing_events SET due_at = @p1, lease_token = @p2 WHERE id = @p3 AND environment_id = @p4";

    private const string SaveOutgoing = """
        UPDATE outgoing_events SET status = @p1, due_at = @p2, lease_token = NULL, attempt = @p3, last_status = @p4, last_error = @p5, updated_at = @p6
        WHERE id = @p7 AND environment_id = @p8 AND lease_token = @p9
        """;

    public Task<IReadOnlyList<DueEndpoint>> DueEndpointsAsync(CancellationToken ct) => QueryAsync(DueEndpoints, Rows.DueEndpoint, ct);

    public Task<IReadOnlyList<OutgoingEvent>> ClaimOutgoingAsync(string endpointId, Claim claim, CancellationToken ct) =>
        InTransactionAsync(
            async connection =>
            {
                var due = await QueryAsync(
                    connection, DueOutgoing, Rows.OutgoingEvent, ct,
                    ("@id", endpointId), ("@now", Rows.Milliseconds(claim.Now)), ("@limit", claim.Limit));
                using var take = new PreparedRow(connection, TakeOutgoing, 4);
                foreach (var e in due)
                {
                    take.Execute(Rows.Milliseconds(claim.Until), claim.Token, e.Id, e.EnvironmentId);
                    (e.DueAt, e.LeaseToken) = (claim.Until, claim.Token);
                }

                return due;
            },
            ct);

    public Task SaveOutgoingAsync(IReadOnlyList<OutgoingEvent> events, CancellationToken ct) => InTransactionAsync(
        connection =>
        {
            using var save = new PreparedRow(connection, SaveOutgoing, 9);
            return Task.FromResult(events.Sum(e => save.Execute(
                (short)e.Status, Rows.Milliseconds(e.DueAt), e.Attempt, e.LastStatus, e.LastError, Rows.Milliseconds(e.UpdatedAt), e.Id,
                e.EnvironmentId, e.LeaseToken)));
        },
        ct);

    private static void InsertEvents(SqliteConnection connection, IEnumerable<OutgoingEvent> events)
    {
        IReadOnlyList<OutgoingEvent> rows = [.. events];
        if (rows.Count == 0) return;

        using var insert = new PreparedRow(connection, InsertOutgoing, OutgoingColumnCount);
        foreach (var e in rows)
        {
            insert.Execute(
                e.Id, e.EnvironmentId, e.EndpointId, e.MessageId, e.Type, e.Payload, (short)e.Status, Rows.Milliseconds(e.DueAt), e.LeaseToken,
                e.Attempt, e.LastStatus, e.LastError, Rows.Milliseconds(e.CreatedAt), Rows.Milliseconds(e.UpdatedAt));
        }
    }
}
