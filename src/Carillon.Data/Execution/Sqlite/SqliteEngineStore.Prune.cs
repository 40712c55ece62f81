using Microsoft.Data.Sqlite;

namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    /// <summary>There are no other nodes.</summary>
    public Task<int> EndUnfinishedAsync(TimeSpan since, CancellationToken ct) => Task.FromResult(0);

    // One short transaction for each bucket and kind: the only writer is never kept for long.
    public async Task<int> PruneAsync(PruneHorizon horizon, int limit, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        return await PruneBucketsAsync(connection, PruneStatements.Runs, horizon.Runs, limit, ct)
            + await PruneBucketsAsync(connection, PruneStatements.Digests, horizon.Runs, limit, ct)
            + await ExecuteAsync(connection, PruneStatements.DigestArrivals, ct, Now(), ("@limit", limit))
            + await PruneBucketsAsync(connection, PruneStatements.Reports, horizon.Runs, limit, ct)
            + await PruneBucketsAsync(connection, PruneStatements.InAppMessages, horizon.InAppMessages, limit, ct)
            + await PruneBucketsAsync(connection, PruneStatements.OtherMessages, horizon.OtherMessages, limit, ct)
            + await ExecuteAsync(connection, PruneStatements.Events, ct, OlderThan(horizon.Events), ("@limit", limit))
            + await ExecuteAsync(connection, PruneStatements.Outgoing, ct, OlderThan(horizon.Outgoing), ("@limit", limit))
            + await ExecuteAsync(connection, PruneStatements.Attachments, ct, OlderThan(horizon.Now.AddSeconds(1)), ("@limit", limit))
            + await ExecuteAsync(connection, PruneStatements.ConsumedStates, ct, Now(), ("@limit", limit))
            + await ExecuteAsync(connection, PruneStatements.IdempotencyRecords, ct, Now(), ("@limit", limit));

        (string, object?) Now() => ("@now", Rows.Milliseconds(horizon.Now));
    }

    private static async Task<int> PruneBucketsAsync(
        SqliteConnection connection, string sql, DateTimeOffset horizon, int limit, CancellationToken ct)
    {
        var removed = 0;
        for (var bucket = 0; bucket < Buckets.Count && removed < limit; bucket++)
        {
            removed += await ExecuteAsync(
                connection, sql, ct,
                ("@bucket", bucket), OlderThan(horizon), ("@before", Rows.Milliseconds(horizon)), ("@limit", limit - removed));
        }

        return removed;
    }

    private static (string, object?) OlderThan(DateTimeOffset horizon) => ("@horizon", PruneStatements.HorizonId(horizon));
}
