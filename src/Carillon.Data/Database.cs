using System.Data.Common;
using Carillon.Data.Execution;
using Carillon.Data.Execution.Postgres;
using Carillon.Data.Execution.Sqlite;
using Carillon.Data.Hints;
using Carillon.Data.Hints.Postgres;
using Carillon.Data.Hints.Redis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Carillon.Data;

public enum DatabaseKind { Sqlite, Postgres }

/// <summary>
/// The database this process works on, told from the connection string: <c>Host=…</c> means PostgreSQL. One of two places that
/// know which one it is; the other is <see cref="IEngineStore"/>.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly NpgsqlDataSource? _postgres;
    private readonly DbContextOptions<PostgresCarillonDb>? _postgresOptions;
    private readonly DbContextOptions<SqliteCarillonDb>? _sqliteOptions;

    public Database(string connectionString)
    {
        ConnectionString = connectionString;
        if (IsPostgres(connectionString))
        {
            Kind = DatabaseKind.Postgres;
            _postgres = new NpgsqlDataSourceBuilder(WithPreparedStatements(connectionString)).Build();
            Clock = new DatabaseClock(_postgres, TimeProvider.System);
            _postgresOptions = new DbContextOptionsBuilder<PostgresCarillonDb>().UseNpgsql(_postgres).AddInterceptors(new Commits()).Options;
        }
        else
        {
            Kind = DatabaseKind.Sqlite;
            _sqliteOptions = new DbContextOptionsBuilder<SqliteCarillonDb>()
                .UseSqlite(connectionString)
                .AddInterceptors(new SqlitePragmas(), new Commits())
                .Options;
        }
    }

    public string ConnectionString { get; }
    public DatabaseKind Kind { get; }

    /// <summary>The time that counts here: the server's, or, embedded, this machine's.</summary>
    public TimeProvider Clock { get; } = TimeProvider.System;

    /// <summary>The folder of the embedded store; null on a server, and for a store in memory.</summary>
    public string? DataFolder =>
        Kind == DatabaseKind.Sqlite && new SqliteConnectionStringBuilder(ConnectionString) is { Mode: not SqliteOpenMode.Memory } file
            ? Path.GetDirectoryName(Path.GetFullPath(file.DataSource))
            : null;

    /// <summary>A context that sees one environment; for work that no request stands behind.</summary>
    public CarillonDb Open(string environmentId)
    {
        var environment = new CurrentEnvironment();
        environment.Enter(environmentId);
        return Open(environment);
    }

    public CarillonDb Open(CurrentEnvironment environment) => _postgresOptions is not null
        ? new PostgresCarillonDb(_postgresOptions, environment)
        : new SqliteCarillonDb(_sqliteOptions!, environment);

    public IEngineStore OpenEngineStore() =>
        _postgres is not null ? new PostgresEngineStore(_postgres) : new SqliteEngineStore(ConnectionString);

    /// <summary>How nodes tell each other: by Redis where there is one, else by a server they share, else there are no others.</summary>
    public IHints OpenHints(string? redis, TimeProvider clock, ILoggerFactory loggers) => (redis, _postgres) switch
    {
        ({ Length: > 0 }, _) => new RedisHints(redis, clock, loggers.CreateLogger<RedisHints>()),
        (_, not null) => new PostgresHints(_postgres, clock, loggers.CreateLogger<PostgresHints>()),
        _ => new LocalHints(),
    };

    public ValueTask DisposeAsync() => _postgres?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool IsPostgres(string connectionString) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString } is var parts
        && (parts.ContainsKey("Host") || parts.ContainsKey("Server"));

    // The engine runs few statements very often; each is parsed and planned once per connection.
    private static string WithPreparedStatements(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 100;
        return settings.ConnectionString;
    }
}
