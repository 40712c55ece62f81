using System.Data.Common;
using Carillon.Data.Execution;
using Carillon.Data.Execution.Postgres;
using Carillon.Data.Execution.Sqlite;
using Carillon.Data.Hints;
using Carillon.Data.Hints.Postgres;
using Carillon.Data.Hints.Redis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
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
    // What a context is made of costs a call as much as one of its questions. As many are kept as are at work at once where
    // calls come one by one; more would hold memory that thousands of open sockets need.
    private const int MostKept = 16;

    private const int MostOfEngine = 16;

    private readonly NpgsqlDataSource? _postgres;
    private readonly NpgsqlDataSource? _engine;
    private readonly NpgsqlDataSource? _kept;
    private readonly Func<CarillonDb> _take;

    public Database(string connectionString)
    {
        ConnectionString = connectionString;
        if (IsPostgres(connectionString))
        {
            Kind = DatabaseKind.Postgres;
            var shared = Shared(connectionString);
            _engine = NpgsqlDataSource.Create(OfEngine(shared));
            shared.MaxPoolSize -= OfEngine(shared).MaxPoolSize;
            _postgres = NpgsqlDataSource.Create(shared);
            _kept = NpgsqlDataSource.Create(Kept(connectionString));
            Clock = new DatabaseClock(_postgres, TimeProvider.System);
            _take = Contexts(new DbContextOptionsBuilder<PostgresCarillonDb>().UseNpgsql(_postgres), new Commits());
        }
        else
        {
            Kind = DatabaseKind.Sqlite;
            _take = Contexts(new DbContextOptionsBuilder<SqliteCarillonDb>().UseSqlite(connectionString), new SqlitePragmas(), new Commits());
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

    public CarillonDb Open(CurrentEnvironment environment) => _take().For(environment);

    public IEngineStore OpenEngineStore() =>
        _engine is not null ? new PostgresEngineStore(_engine) : new SqliteEngineStore(ConnectionString);

    /// <summary>How nodes tell each other: by Redis where there is one, else by a server they share, else there are no others.</summary>
    public IHints OpenHints(string? redis, TimeProvider clock, ILoggerFactory loggers) => (redis, _kept) switch
    {
        ({ Length: > 0 }, _) => new RedisHints(redis, clock, loggers.CreateLogger<RedisHints>()),
        (_, not null) => new PostgresHints(_kept, clock, loggers.CreateLogger<PostgresHints>()),
        _ => new LocalHints(),
    };

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        if (_engine is not null) await _engine.DisposeAsync();
        if (_kept is not null) await _kept.DisposeAsync();
    }

    private static bool IsPostgres(string connectionString) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString } is var parts
        && (parts.ContainsKey("Host") || parts.ContainsKey("Server"));

    private static Func<CarillonDb> Contexts<T>(DbContextOptionsBuilder<T> options, params IInterceptor[] interceptors) where T : CarillonDb =>
        new PooledDbContextFactory<T>(options.AddInterceptors(interceptors).ConfigureWarnings(TrustMigrations).Options, MostKept).CreateDbContext;

    // That migrations lead to the model is shown by a test; to find it out costs a start more than all else that it asks of the database.
    private static void TrustMigrations(WarningsConfigurationBuilder warnings) => warnings.Ignore(RelationalEventId.PendingModelChangesWarning);

    // The engine runs few statements very often; each is parsed and planned once per connection. Nobody leaves anything behind in a
    // session that is shared, so it need not be tidied up between two uses, which would cost the server several statements each time.
    private static NpgsqlConnectionStringBuilder Shared(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true };
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 100;
        settings.ApplicationName ??= "Carillon";
        return settings;
    }

    // Sessions are used in turn, however many there are: those of the engine are few, so that each has its statements prepared and what they
    // touch in its memory, and none of them is taken by a call.
    private static NpgsqlConnectionStringBuilder OfEngine(NpgsqlConnectionStringBuilder shared) => new(shared.ConnectionString)
    {
        MaxPoolSize = Math.Clamp(shared.MaxPoolSize / 4, 1, MostOfEngine),
        AutoPrepareMinUsages = 2,
    };

    // A session that listens, or waits for no disk, is one's own, and ends with its use.
    private static NpgsqlConnectionStringBuilder Kept(string connectionString) => new(connectionString) { Pooling = false };
}
