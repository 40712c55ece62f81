using Carillon.Data.Execution;
using Carillon.Data.Execution.Postgres;
using Carillon.Data.Hints;
using Carillon.Data.Hints.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Carillon.Data;

/// <summary>
/// The sessions of this process on a PostgreSQL server. Whoever has none of them has nothing of what they are made of loaded.
/// </summary>
internal sealed class PostgresSessions : IAsyncDisposable
{
    private const int MostOfEngine = 16;
    private const int MostAccepting = 2;
    private const int BatchBytes = 64 * 1024;
    private const string GssEncryption = "GSS Encryption Mode";
    private const string GssEncryptionVariable = "PGGSSENCMODE";

    private readonly NpgsqlDataSource _accepting;
    private readonly NpgsqlDataSource _calls;
    private readonly NpgsqlDataSource _engine;
    private readonly NpgsqlDataSource _kept;

    public PostgresSessions(string connectionString)
    {
        var shared = Shared(connectionString);
        _accepting = NpgsqlDataSource.Create(OfAccepting(shared));
        _engine = NpgsqlDataSource.Create(OfEngine(shared));
        _calls = NpgsqlDataSource.Create(OfCalls(shared));
        _kept = NpgsqlDataSource.Create(Kept(connectionString));
        Clock = new DatabaseClock(_calls, TimeProvider.System);
    }

    /// <summary>The server's.</summary>
    public TimeProvider Clock { get; }

    public Func<CarillonDb> Contexts() => Database.Contexts(new DbContextOptionsBuilder<PostgresCarillonDb>().UseNpgsql(_calls), new Commits());

    public IEngineStore OpenEngineStore() => new PostgresEngineStore(_engine, _accepting);

    public IHints OpenHints(TimeProvider clock, ILoggerFactory loggers) =>
        new PostgresHints(_kept, clock, loggers.CreateLogger<PostgresHints>());

    public async ValueTask DisposeAsync()
    {
        await _accepting.DisposeAsync();
        await _calls.DisposeAsync();
        await _engine.DisposeAsync();
        await _kept.DisposeAsync();
    }

    // The engine runs few statements very often; each is parsed and planned once per connection. Nobody leaves anything behind in a
    // session that is shared, so it need not be tidied up between two uses, which would cost the server several statements each time.
    private static NpgsqlConnectionStringBuilder Shared(string connectionString)
    {
        var settings = Unsealed(connectionString);
        settings.NoResetOnClose = true;
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 100;
        settings.ApplicationName ??= "Carillon";
        return settings;
    }

    // Sessions are used in turn, however many there are: those of the engine are few, so that each has its statements prepared and what they
    // touch in its memory, and none of them is taken by a call. A batch leaves in one piece, or the server wakes for each of its pieces.
    private static NpgsqlConnectionStringBuilder OfEngine(NpgsqlConnectionStringBuilder shared) => new(shared.ConnectionString)
    {
        MaxPoolSize = Math.Clamp(shared.MaxPoolSize / 4, 1, MostOfEngine),
        AutoPrepareMinUsages = 2,
        WriteBufferSize = Math.Max(shared.WriteBufferSize, BatchBytes),
    };

    // One commits after another, and a second one where many wait.
    private static NpgsqlConnectionStringBuilder OfAccepting(NpgsqlConnectionStringBuilder shared) => new(OfEngine(shared).ConnectionString)
    {
        MaxPoolSize = MostAccepting,
    };

    // Together they are as many as were asked for.
    private static NpgsqlConnectionStringBuilder OfCalls(NpgsqlConnectionStringBuilder shared) => new(shared.ConnectionString)
    {
        MaxPoolSize = Math.Max(1, shared.MaxPoolSize - OfEngine(shared).MaxPoolSize - MostAccepting),
    };

    // A session that listens, or waits for no disk, is one's own, and ends with its use.
    private static NpgsqlConnectionStringBuilder Kept(string connectionString)
    {
        var settings = Unsealed(connectionString);
        settings.Pooling = false;
        return settings;
    }

    // Kerberos' libraries are loaded for each connection that might be sealed by them, which few are; whoever wants that says so.
    internal static NpgsqlConnectionStringBuilder Unsealed(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var isSaid = settings.ShouldSerialize(GssEncryption) || Environment.GetEnvironmentVariable(GssEncryptionVariable) is not null;
        if (!isSaid) settings.GssEncryptionMode = GssEncryptionMode.Disable;
        return settings;
    }
}
