using Npgsql;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    // As an array, see ClaimEvents.
    private const string PruneOutgoing = """
        DELETE FROM outgoing_events WHERE id = ANY(ARRAY(
          SELECT id FROM outgoing_events WHERE id < @horizon AND due_at IS NULL ORDER BY id LIMIT @limit))
        """;

    // Any number will do, as long as every version of this program uses the same one.
    private const string BeTheOne = "SELECT pg_try_advisory_xact_lock(7264937120454)";

    /// <summary>One node prunes at a time: several would only wait for each other's rows. To the others there is nothing to remove.</summary>
    public Task<int> PruneAsync(PruneHorizon horizon, int limit, CancellationToken ct) => InTransactionAsync(
        async connection =>
        {
            var chosen = await QueryAsync(connection, BeTheOne, row => row.GetBoolean(0), ct);
            return chosen[0] ? await PruneAllAsync(horizon, limit, ct) : 0;
        },
        ct);

    private async Task<int> PruneAllAsync(PruneHorizon horizon, int limit, CancellationToken ct) =>
        await PruneBucketsAsync(PruneStatements.Runs, horizon.Runs, limit, ct)
        + await PruneBucketsAsync(PruneStatements.Digests, horizon.Runs, limit, ct)
        + await ExecuteAsync(PruneStatements.DigestArrivals, ct, Big("now", Rows.Milliseconds(horizon.Now)), Big("limit", limit))
        + await PruneBucketsAsync(PruneStatements.Reports, horizon.Runs, limit, ct)
        + await PruneBucketsAsync(PruneStatements.InAppMessages, horizon.InAppMessages, limit, ct)
        + await PruneBucketsAsync(PruneStatements.OtherMessages, horizon.OtherMessages, limit, ct)
        + await ExecuteAsync(PruneStatements.Events, ct, OlderThan(horizon.Events), Big("limit", limit))
        + await ExecuteAsync(PruneOutgoing, ct, OlderThan(horizon.Outgoing), Big("limit", limit))
        + await ExecuteAsync(PruneStatements.Attachments, ct, OlderThan(horizon.Now.AddSeconds(1)), Big("limit", limit))
        + await ExecuteAsync(PruneStatements.ConsumedStates, ct, Big("now", Rows.Milliseconds(horizon.Now)), Big("limit", limit))
        + await ExecuteAsync(PruneStatements.IdempotencyRecords, ct, Big("now", Rows.Milliseconds(horizon.Now)), Big("limit", limit));

    private async Task<int> PruneBucketsAsync(string sql, DateTimeOffset horizon, int limit, CancellationToken ct)
    {
        var removed = 0;
        for (short bucket = 0; bucket < Buckets.Count && removed < limit; bucket++)
        {
            removed += await ExecuteAsync(
                sql, ct, new NpgsqlParameter<short>("bucket", bucket), OlderThan(horizon), Big("before", Rows.Milliseconds(horizon)), Big("limit", limit - removed));
        }

        return removed;
    }

    private static NpgsqlParameter OlderThan(DateTimeOffset horizon) => Text("horizon", PruneStatements.HorizonId(horizon));
}
