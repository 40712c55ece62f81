using Carillon.Driving;
using Npgsql;

namespace Carillon.Benchmarks;

/// <summary>Binary COPY, the fastest way in.</summary>
internal sealed class PostgresBaseline(ThrowAwayStore store) : Baseline(store)
{
    public override string Name => "binary COPY";

    protected override async Task PrepareAsync(IReadOnlyList<string> tables)
    {
        await using var connection = await Store.OpenAsync();
        foreach (var table in tables) await ExecuteAsync(connection, $"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)");

        // Otherwise whoever comes second pays for what the first has left to be written.
        await ExecuteAsync(connection, "CHECKPOINT");
    }

    protected override async Task InsertAsync(IReadOnlyList<Table> tables)
    {
        await using var connection = (NpgsqlConnection)await Store.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var table in tables) await CopyAsync(connection, table);
        await transaction.CommitAsync();
    }

    protected override async Task RemoveAsync(IReadOnlyList<string> tables)
    {
        await using var connection = await Store.OpenAsync();
        foreach (var table in tables) await ExecuteAsync(connection, $"DROP TABLE bare_{table}");
        await ExecuteAsync(connection, "CHECKPOINT");
    }

    private static async Task CopyAsync(NpgsqlConnection connection, Table table)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY bare_{table.Name} ({string.Join(", ", table.Columns)}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in table.Rows) await copy.WriteRowAsync(default, row);
        await copy.CompleteAsync();
    }
}
