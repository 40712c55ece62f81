using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Carillon.Data;

/// <summary>
/// What every connection to the embedded store needs. Waiting for the writer is left to SQLite, which looks again after
/// milliseconds; the driver's own wait looks every 150.
/// </summary>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string OnOpen = "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;";

    private static readonly ConditionalWeakTable<object, object> Applied = [];

    /// <summary>Once, however often a connection comes out of the pool: it stays as it was set.</summary>
    public static void Apply(SqliteConnection connection)
    {
        if (!Applied.TryAdd(connection.Handle!, Applied)) return;

        using var command = connection.CreateCommand();
        command.CommandText = OnOpen;
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Apply((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply((SqliteConnection)connection);
        return Task.CompletedTask;
    }
}
