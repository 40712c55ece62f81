using Microsoft.Data.Sqlite;

namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    // One short transaction for each bucket and kind: the only writer is never kept for long.
    public async Task<int> PruneAsync(PruneHorizon horizon, int limit, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        var removed = 0;
        for (var bucket = 0; bucket < Buckets.Count; bucket++)
        {
            removed += await PruneBucketAsync(connection, "runs", PruneStatements.Runs, bucket, horizon.Runs, limit, ct);
            removed += await PruneBucketAsync(
                connection, "messages", PruneStatements.InAppMessages, bucket, horizon.InAppMessages, limit, ct);
            removed += await PruneBucketAsync(
                connection, "messages", PruneStatements.OtherMessages, bucket, horizon.OtherMessages, limit, ct);
        }

        (string, object?)[] now = [("@now", Rows.Milliseconds(horizon.Now))];
        removed += await ExecuteAsync(
            connection, PruneStatements.Events, ct, ("@horizon", PruneStatements.HorizonId(horizon.Events)), ("@limit", limit));
        removed += await ExecuteAsync(connection, PruneStatements.ConsumedStates, ct, now);
        removed += await ExecuteAsync(connection, PruneStatements.IdempotencyRecords, ct, now);
        return removed;
    }

    private static Task<int> PruneBucketAsync(
        SqliteConnection connection, string table, string selection, int bucket, DateTimeOffset horizon, int limit, CancellationToken ct) =>
        ExecuteAsync(
            connection,
            PruneStatements.Delete(table, selection),
            ct,
            ("@bucket", bucket), ("@horizon", PruneStatements.HorizonId(horizon)), ("@limit", limit));
}
