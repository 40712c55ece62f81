using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Carillon.Driving;

public enum StoreKind { Sqlite, Postgres }

/// <summary>A database of its own that the server under test works on and that we look into behind its back; gone afterwards.</summary>
public sealed class ThrowAwayStore : IAsyncDisposable
{
    private const string Variable = "CARILLON_TEST_POSTGRES";

    private readonly DirectoryInfo? _folder;
    private readonly string _server = "";
    private readonly string _database = "";

    public ThrowAwayStore(StoreKind kind, string? server = null)
    {
        Kind = kind;
        if (kind == StoreKind.Sqlite)
        {
            _folder = Directory.CreateTempSubdirectory("carillon-test-");
            ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "carillon.db")}";
            return;
        }

        _server = server ?? Environment.GetEnvironmentVariable(Variable)
            ?? throw new InvalidOperationException($"{Variable} is not set: run ./test, or see tests/README.md.");
        _database = "carillon_" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        ConnectionString = $"{_server};Database={_database}";
    }

    public StoreKind Kind { get; }

    public string ConnectionString { get; }

    /// <summary>Makes the database before a server does, with all its tables in this folder.</summary>
    public async Task CreateOnAsync(string folder)
    {
        await using var connection = await OpenServerAsync();
        foreach (var sql in new[] { $"CREATE TABLESPACE {_database} LOCATION '{folder}'", $"CREATE DATABASE {_database} TABLESPACE {_database}" })
        {
            await using var command = Command(connection, sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = Kind == StoreKind.Sqlite ? new SqliteConnection(ConnectionString) : new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>The first column of every row; <c>@p1</c>, <c>@p2</c> … in the statement are the values.</summary>
    public async Task<List<T>> ListAsync<T>(string sql, params object[] values)
    {
        await using var connection = await OpenAsync();
        return await ListAsync<T>(connection, sql, values);
    }

    /// <summary>As <c>ListAsync</c>, asked of the server of PostgreSQL, on which this database need not exist yet.</summary>
    public async Task<List<string>> ListOnServerAsync(string sql)
    {
        await using var connection = await OpenServerAsync();
        return await ListAsync<string>(connection, sql);
    }

    public async Task<long> CountAsync(string sql, params object[] values) => (await ListAsync<long>(sql, values))[0];

    public static DbCommand Command(DbConnection connection, string sql, params object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i + 1}";
            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>Until everything accepted has come to its end.</summary>
    public Task SettledAsync(TimeSpan patience) => Wait.UntilAsync(async () => await AreNoneDueAsync("events") && await AreNoneDueAsync("runs"), patience);

    /// <summary>Until every event accepted has been told to all whom it is for; they may wait.</summary>
    public Task ExpandedAsync(TimeSpan patience) => Wait.UntilAsync(() => AreNoneDueAsync("events"), patience);

    // The first is enough: counting a hundred thousand twenty times a second would take more than what is being waited for.
    private async Task<bool> AreNoneDueAsync(string table) => (await ListAsync<string>($"SELECT id FROM {table} WHERE due_at IS NOT NULL LIMIT 1")).Count == 0;

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            SqliteConnection.ClearAllPools();
            _folder.Delete(recursive: true);
            return;
        }

        NpgsqlConnection.ClearAllPools();
        await using var connection = await OpenServerAsync();
        await using var drop = Command(connection, $"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> OpenServerAsync()
    {
        var connection = new NpgsqlConnection($"{_server};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<List<T>> ListAsync<T>(DbConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        List<T> found = [];
        while (await reader.ReadAsync()) found.Add(reader.GetFieldValue<T>(0));
        return found;
    }
}
