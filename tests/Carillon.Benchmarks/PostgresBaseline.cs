using System.Globalization;
using Carillon.Driving;
using Npgsql;

namespace Carillon.Benchmarks;

/// <summary>
/// Binary COPY, the fastest way in. The rows lie in a file in the very bytes that the database takes, in the order in which they were
/// written: nothing is encoded meanwhile, and a million of them need no memory.
/// </summary>
internal sealed class PostgresBaseline(ThrowAwayStore store) : Baseline(store)
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-rows-");

    public override string Name => "binary COPY";

    protected override async Task<int> PrepareAsync(string eventId)
    {
        await using var connection = (NpgsqlConnection)await Store.OpenAsync();
        var rows = 0;
        foreach (var table in Tables)
        {
            await ExecuteAsync(connection, $"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)");
            await WriteAsync(connection, table, eventId);
            rows += (int)await Store.CountAsync($"SELECT count(*) FROM {table} WHERE event_id = @p1", eventId);
        }

        // Otherwise whoever comes second pays for what the first has left to be written.
        await ExecuteAsync(connection, "CHECKPOINT");
        return rows;
    }

    protected override async Task InsertAsync()
    {
        await using var connection = (NpgsqlConnection)await Store.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var table in Tables)
        {
            await using var rows = File.OpenRead(FileOf(table));
            await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY bare_{table} FROM STDIN (FORMAT BINARY)");
            await rows.CopyToAsync(copy);
        }

        await transaction.CommitAsync();
    }

    protected override async Task RemoveAsync()
    {
        await using var connection = await Store.OpenAsync();
        foreach (var table in Tables) await ExecuteAsync(connection, $"DROP TABLE bare_{table}");
        await ExecuteAsync(connection, "CHECKPOINT");
        _folder.Delete(recursive: true);
    }

    private async Task WriteAsync(NpgsqlConnection connection, string table, string eventId)
    {
        await using var file = File.Create(FileOf(table));
        var sql = string.Create(CultureInfo.InvariantCulture, $"COPY (SELECT * FROM {table} WHERE event_id = '{eventId}' ORDER BY ctid) TO STDOUT (FORMAT BINARY)");
        await using var rows = await connection.BeginRawBinaryCopyAsync(sql);
        await rows.CopyToAsync(file);
    }

    private string FileOf(string table) => Path.Combine(_folder.FullName, table);
}
