using Carillon.Data.Outgoing;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
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

    private static readonly string ClaimOutgoing = $"""
        WITH due AS MATERIALIZED (
          SELECT id, due_at FROM outgoing_events WHERE endpoint_id = @id AND due_at <= @now ORDER BY due_at LIMIT @limit FOR UPDATE SKIP LOCKED),
        taken AS (
          UPDATE outgoing_events o SET due_at = @until, lease_token = @token
          FROM unnest(ARRAY(SELECT id FROM due), ARRAY(SELECT due_at FROM due)) AS d(id, was_due)
          WHERE o.id = d.id
          RETURNING {Rows.Qualified("o", Rows.OutgoingColumns)}, d.was_due)
        SELECT {Rows.OutgoingColumns} FROM taken ORDER BY was_due, id
        """;

    private const string SaveOutgoing = """
        UPDATE outgoing_events o SET status = v.status, due_at = v.due_at, lease_token = NULL, attempt = v.attempt, last_status = v.last_status,
          last_error = v.last_error, updated_at = v.updated_at
        FROM unnest(@ids, @environments, @tokens, @statuses, @dues, @attempts, @lasts, @errors, @updated)
          AS v(id, environment_id, token, status, due_at, attempt, last_status, last_error, updated_at)
        WHERE o.id = v.id AND o.environment_id = v.environment_id AND o.lease_token = v.token
        """;

    public Task<IReadOnlyList<DueEndpoint>> DueEndpointsAsync(CancellationToken ct) => QueryAsync(DueEndpoints, Rows.DueEndpoint, ct);

    public Task<IReadOnlyList<OutgoingEvent>> ClaimOutgoingAsync(string endpointId, Claim claim, CancellationToken ct) =>
        QueryAsync(ClaimOutgoing, Rows.OutgoingEvent, ct, [Text("id", endpointId), .. ClaimParameters(claim)]);

    public Task SaveOutgoingAsync(IReadOnlyList<OutgoingEvent> events, CancellationToken ct)
    {
        var rows = events.OrderBy(e => e.Id, StringComparer.Ordinal).ToList();
        return ExecuteAsync(
            SaveOutgoing,
            ct,
            Texts("ids", rows.Select(e => e.Id)),
            Texts("environments", rows.Select(e => e.EnvironmentId)),
            Bigs("tokens", rows.Select(e => e.LeaseToken)),
            Smalls("statuses", rows.Select(e => (short)e.Status)),
            Bigs("dues", rows.Select(e => Rows.Milliseconds(e.DueAt))),
            Smalls("attempts", rows.Select(e => e.Attempt)),
            new NpgsqlParameter("lasts", NpgsqlDbType.Array | NpgsqlDbType.Smallint) { Value = rows.Select(e => e.LastStatus).ToArray() },
            Texts("errors", rows.Select(e => e.LastError)),
            Bigs("updated", rows.Select(e => (long?)Rows.Milliseconds(e.UpdatedAt))));
    }
}
