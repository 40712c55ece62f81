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
    private static readonly string[] Tables = ["runs", "messages"];

    public abstract string Name { get; }

    public static Baseline For(ThrowAwayStore store) =>
        store.Kind == StoreKind.Postgres ? new PostgresBaseline(store) : new SqliteBaseline(store);

    public async Task<(int Rows, TimeSpan Elapsed)> MeasureAsync(string environmentId, string transactionId)
    {
        var eventId = (await store.ListAsync<string>(
            "SELECT id FROM events WHERE environment_id = @p1 AND transaction_id = @p2", environmentId, transactionId))[0];
        List<Table> tables = [];
        foreach (var name in Tables) tables.Add(await ReadAsync(name, eventId));

        await PrepareAsync(Tables);
        var watch = Stopwatch.StartNew();
        await InsertAsync(tables);
        var elapsed = watch.Elapsed;
        await RemoveAsync(Tables);
        return (tables.Sum(table => table.Rows.Count), elapsed);
    }

    protected ThrowAwayStore Store => store;

    /// <summary>Makes the tables, empty.</summary>
    protected abstract Task PrepareAsync(IReadOnlyList<string> tables);

    protected abstract Task InsertAsync(IReadOnlyList<Table> tables);

    protected abstract Task RemoveAsync(IReadOnlyList<string> tables);

    protected static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = ThrowAwayStore.Command(connection, sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<Table> ReadAsync(string name, string eventId)
    {
        await using var connection = await store.OpenAsync();
        await using var command = ThrowAwayStore.Command(connection, $"SELECT * FROM {name} WHERE event_id = @p1", eventId);
        await using var reader = await command.ExecuteReaderAsync();
        List<object[]> rows = [];
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return new(name, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], rows);
    }

    protected sealed record Table(string Name, IReadOnlyList<string> Columns, IReadOnlyList<object[]> Rows);
}
