using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Carillon.Data;

/// <summary>Brings the database to the model of this program. Any number of nodes may start at once: one works, the others wait.</summary>
public static class Schema
{
    // Any number will do, as long as every version of this program uses the same one.
    private const string TakeLock = "SELECT pg_advisory_lock(7264937120453)";
    private const string ReleaseLock = "SELECT pg_advisory_unlock(7264937120453)";

    /// <summary>Migrates, then runs <paramref name="seed"/> while still alone.</summary>
    public static Task PrepareAsync(this Database database, Func<CarillonDb, Task> seed, CancellationToken ct) =>
        database.Kind == DatabaseKind.Postgres ? PreparePostgresAsync(database, seed, ct) : PrepareSqliteAsync(database, seed, ct);

    private static async Task PreparePostgresAsync(Database database, Func<CarillonDb, Task> seed, CancellationToken ct)
    {
        await using var db = database.Open(new CurrentEnvironment());
        await CreateDatabaseAsync(db, ct);

        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync(TakeLock, ct);
        try
        {
            await db.Database.MigrateAsync(ct);
            await seed(db);
        }
        finally
        {
            await db.Database.ExecuteSqlRawAsync(ReleaseLock, CancellationToken.None);
        }
    }

    private static async Task CreateDatabaseAsync(CarillonDb db, CancellationToken ct)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(ct)) return;

        try
        {
            await creator.CreateAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node was faster.
        }
    }

    private static async Task PrepareSqliteAsync(Database database, Func<CarillonDb, Task> seed, CancellationToken ct)
    {
        if (database.DataFolder is { } folder) Directory.CreateDirectory(folder);

        await using var db = database.Open(new CurrentEnvironment());
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
        await ForgetAbandonedLockAsync(db.Database.GetDbConnection(), ct);
        await db.Database.MigrateAsync(ct);
        await seed(db);
    }

    // The migration lock of SQLite is a row. A process that was killed while it held it would keep every later start waiting
    // for ever; and since an embedded store belongs to one process, a lock found at start is always such a one.
    private static async Task ForgetAbandonedLockAsync(DbConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if (await command.ExecuteScalarAsync(ct) is not > 0L) return;

        command.CommandText = "DELETE FROM __EFMigrationsLock";
        await command.ExecuteNonQueryAsync(ct);
    }
}
