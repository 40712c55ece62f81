using System.Data.Common;
using Carillon.Data.Execution;
using Carillon.Data.Hints;
using Carillon.Data.Hints.Redis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Carillon.Data;

public enum DatabaseKind { Sqlite, Postgres }

/// <summary>
/// The database this process works on, told from the connection string: <c>Host=…</c> means PostgreSQL. One of two places that
/// know which one it is; the other is <see cref="IEngineStore"/>.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    // What a context is made of costs a call as much as one of its questions. As many are kept as are at work at once where
    // calls come one by one; more would hold memory that thousands of open sockets need.
    private const int MostKept = 16;

    private readonly PostgresSessions? _postgres;
    private readonly SqliteFile? _file;
    private readonly Func<CarillonDb> _take;

    public Database(string connectionString)
    {
        ConnectionString = connectionString;
        if (IsPostgres(connectionString))
        {
            Kind = DatabaseKind.Postgres;
            _postgres = new PostgresSessions(connectionString);
            Clock = _postgres.Clock;
            _take = _postgres.Contexts();
        }
        else
        {
            Kind = DatabaseKind.Sqlite;
            _file = new SqliteFile(connectionString);
            _take = _file.Contexts();
        }
    }

    public string ConnectionString { get; }
    public DatabaseKind Kind { get; }

    /// <summary>The time that counts here: the server's, or, embedded, this machine's.</summary>
    public TimeProvider Clock { get; } = TimeProvider.System;

    /// <summary>The folder of the embedded store; null on a server, and for a store in memory.</summary>
    public string? DataFolder => _file?.Folder;

    /// <summary>A context that sees one environment; for work that no request stands behind.</summary>
    public CarillonDb Open(string environmentId)
    {
        var environment = new CurrentEnvironment();
        environment.Enter(environmentId);
        return Open(environment);
    }

    public CarillonDb Open(CurrentEnvironment environment) => _take().For(environment);

    public IEngineStore OpenEngineStore() => _postgres?.OpenEngineStore() ?? _file!.OpenEngineStore();

    /// <summary>How nodes tell each other: by Redis where there is one, else by a server they share, else there are no others.</summary>
    public IHints OpenHints(string? redis, TimeProvider clock, ILoggerFactory loggers) => redis is { Length: > 0 }
        ? new RedisHints(redis, clock, loggers.CreateLogger<RedisHints>())
        : _postgres?.OpenHints(clock, loggers) ?? new LocalHints();

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
    }

    private static bool IsPostgres(string connectionString) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString } is var parts
        && (parts.ContainsKey("Host") || parts.ContainsKey("Server"));

    internal static Func<CarillonDb> Contexts<T>(DbContextOptionsBuilder<T> options, params IInterceptor[] interceptors) where T : CarillonDb =>
        new PooledDbContextFactory<T>(options.AddInterceptors(interceptors).ConfigureWarnings(TrustMigrations).Options, MostKept).CreateDbContext;

    // That migrations lead to the model is shown by a test; to find it out costs a start more than all else that it asks of the database.
    private static void TrustMigrations(WarningsConfigurationBuilder warnings) => warnings.Ignore(RelationalEventId.PendingModelChangesWarning);
}
