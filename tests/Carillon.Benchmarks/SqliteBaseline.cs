using Carillon.Driving;
using Microsoft.Data.Sqlite;

namespace Carillon.Benchmarks;

/// <summary>Prepared inserts into a file beside the server's, so that neither waits for the other's writer.</summary>
internal sealed class SqliteBaseline(ThrowAwayStore store) : Baseline(store)
{
    private readonly string _path = new SqliteConnectionStringBuilder(store.ConnectionString).DataSource + ".bare";
    private readonly List<Table> _tables = [];

    public override string Name => "prepared inserts";

    protected override async Task<int> PrepareAsync(string eventId)
    {
        foreach (var name in Tables) _tables.Add(await ReadAsync(name, eventId));

        var names = string.Join(", ", Tables.Select(table => $"'{table}'"));
        var schema = await Store.ListAsync<string>($"SELECT sql FROM sqlite_master WHERE tbl_name IN ({names}) AND sql IS NOT NULL ORDER BY type DESC");
        await using var connection = await OpenAsync();
        foreach (var statement in schema) await ExecuteAsync(connection, statement);
        return _tables.Sum(table => table.Rows.Count);
    }

    protected override async Task InsertAsync()
    {
        await using var connection = await OpenAsync();
        await using var transaction = connection.BeginTransaction();
        foreach (var table in _tables) Insert(connection, transaction, table);
        await transaction.CommitAsync();
    }

    protected override Task RemoveAsync()
    {
        foreach (var ending in new[] { "", "-wal", "-shm" }) File.Delete(_path + ending);
        return Task.CompletedTask;
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, Table table)
    {
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns)}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})";
        for (var i = 0; i < table.Columns.Count; i++) insert.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
        insert.Prepare();
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < row.Length; i++) insert.Parameters[i].Value = row[i];
            insert.ExecuteNonQuery();
        }
    }

    private async Task<Table> ReadAsync(string name, string eventId)
    {
        await using var connection = await Store.OpenAsync();
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

    // The server's settings: nothing that it promises to keep is kept for less here.
    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={_path};Pooling=false");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;");
        return connection;
    }

    private sealed record Table(string Name, IReadOnlyList<string> Columns, IReadOnlyList<object[]> Rows);
}
