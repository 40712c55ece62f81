using Npgsql;

namespace Carillon.Contract.Databases;

/// <summary>A database of its own on the server that <c>./test</c> started and named in the environment.</summary>
public sealed class PostgresDatabase : TestDatabase
{
    public const string Variable = "CARILLON_TEST_POSTGRES";

    private readonly string _name = $"carillon_test_{Guid.NewGuid():n}";

    public string ConnectionString => new NpgsqlConnectionStringBuilder(Server) { Database = _name }.ConnectionString;

    public static string Server => Environment.GetEnvironmentVariable(Variable)
        ?? throw new InvalidOperationException($"{Variable} names no PostgreSQL server: run ./test, or see tests/README.md.");

    protected override async Task<string> CreateAsync()
    {
        await OnServerAsync($"CREATE DATABASE {_name}");
        return ConnectionString;
    }

    protected override async Task DropAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await OnServerAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Server) { Pooling = false, Database = "postgres" });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
