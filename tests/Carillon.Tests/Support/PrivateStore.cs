using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Carillon.Tests.Support;

/// <summary>A database that belongs to one test and is gone after it: a file of its own, or a database on the server of this run.</summary>
internal sealed class PrivateStore : IAsyncDisposable
{
    private const string Variable = "CARILLON_TEST_POSTGRES";

    private readonly DirectoryInfo? _folder;
    private readonly string? _server;
    private readonly string? _database;

    public PrivateStore(Store store)
    {
        if (store == Store.Sqlite)
        {
            _folder = Directory.CreateTempSubdirectory("carillon-test-");
            ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "carillon.db")}";
            return;
        }

        _server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server
            ? server
            : throw new InvalidOperationException($"{Variable} is not set. Run ./test, or `. tests/postgres` first, which start a PostgreSQL and set it.");
        _database = "carillon_" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        ConnectionString = $"{_server};Database={_database};Maximum Pool Size=20";
        Execute($"CREATE DATABASE {_database}");
    }

    public string ConnectionString { get; }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            using (var connection = new SqliteConnection(ConnectionString))
                SqliteConnection.ClearPool(connection);
            _folder.Delete(recursive: true);
            return;
        }

        await Task.Run(() => Execute($"DROP DATABASE {_database} WITH (FORCE)"));
    }

    private void Execute(string statement)
    {
        using var connection = new NpgsqlConnection($"{_server};Database=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }
}
