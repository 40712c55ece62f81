using System.Data.Common;
using System.Diagnostics;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// What the bare database takes for the rows that a fan-out has written: read back beforehand, then put into empty tables with the same
/// columns and indexes, all in one transaction.
/// </summary>
internal abstract class Baseline(ThrowAwayStore store)
{
    protected static readonly string[] Tables = ["runs", "messages"];

    public abstract string Name { get; }

    public static Baseline For(ThrowAwayStore store) =>
        store.Kind == StoreKind.Postgres ? new PostgresBaseline(store) : new SqliteBaseline(store);

    public async Task<(int Rows, TimeSpan Elapsed)> MeasureAsync(string environmentId, string transactionId)
    {
        var eventId = (await store.ListAsync<string>(
            "SELECT id FROM events WHERE environment_id = @p1 AND given_transaction_id = @p2", environmentId, transactionId))[0];
        var rows = await PrepareAsync(eventId);
        var watch = Stopwatch.StartNew();
        await InsertAsync();
        var elapsed = watch.Elapsed;
        await RemoveAsync();
        return (rows, elapsed);
    }

    protected ThrowAwayStore Store => store;

    /// <summary>Reads the event's rows and makes the tables, empty; returns how many rows there are.</summary>
    protected abstract Task<int> PrepareAsync(string eventId);

    protected abstract Task InsertAsync();

    protected abstract Task RemoveAsync();

    protected static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = ThrowAwayStore.Command(connection, sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }
}
