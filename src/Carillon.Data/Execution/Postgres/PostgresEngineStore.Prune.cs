using Npgsql;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    public async Task<int> PruneAsync(PruneHorizon horizon, int limit, CancellationToken ct)
    {
        var removed = 0;
        for (short bucket = 0; bucket < Buckets.Count; bucket++)
        {
            removed += await PruneBucketAsync("runs", PruneStatements.Runs, bucket, horizon.Runs, limit, ct);
            removed += await PruneBucketAsync("messages", PruneStatements.InAppMessages, bucket, horizon.InAppMessages, limit, ct);
            removed += await PruneBucketAsync("messages", PruneStatements.OtherMessages, bucket, horizon.OtherMessages, limit, ct);
        }

        removed += await ExecuteAsync(
            PruneStatements.Events, ct, Text("horizon", PruneStatements.HorizonId(horizon.Events)), Big("limit", limit));
        removed += await ExecuteAsync(PruneStatements.ConsumedStates, ct, Big("now", Rows.Milliseconds(horizon.Now)));
        removed += await ExecuteAsync(PruneStatements.IdempotencyRecords, ct, Big("now", Rows.Milliseconds(horizon.Now)));
        return removed;
    }

    private Task<int> PruneBucketAsync(
        string table, string selection, short bucket, DateTimeOffset horizon, int limit, CancellationToken ct) =>
        ExecuteAsync(
            PruneStatements.Delete(table, selection),
            ct,
            new NpgsqlParameter<short>("bucket", bucket),
            Text("horizon", PruneStatements.HorizonId(horizon)),
            Big("limit", limit));

    private async Task<int> ExecuteAsync(string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }
}
