using Carillon.Contract.Databases;
using Carillon.Data;
using Carillon.Data.Hints;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Carillon.Contract.Hints;

public sealed class PostgresHintsTests : HintsContract
{
    private readonly PostgresDatabase _database = new();
    private Database? _other;

    protected override async Task<(IHints Here, IHints There)> ConnectAsync()
    {
        await _database.InitializeAsync();
        _other = new Database(_database.ConnectionString);
        return (Open(_database.Database), Open(_other));
    }

    protected override async Task InterruptAsync()
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false });
        await using var command = source.CreateCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await command.ExecuteNonQueryAsync();
    }

    protected override async Task DisconnectAsync()
    {
        if (_other is not null) await _other.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static IHints Open(Database database) => database.OpenHints(redis: null, TimeProvider.System, NullLoggerFactory.Instance);
}
