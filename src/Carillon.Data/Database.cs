using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Data;

public enum DatabaseKind { Sqlite, Postgres }

/// <summary>Which database this process works on, told from the connection string: <c>Host=…</c> means PostgreSQL.</summary>
public sealed class Database
{
    public Database(string connectionString)
    {
        ConnectionString = connectionString;
        Kind = IsPostgres(connectionString) ? DatabaseKind.Postgres : DatabaseKind.Sqlite;
    }

    public string ConnectionString { get; }
    public DatabaseKind Kind { get; }

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

    public CarillonDb Open(CurrentEnvironment environment) => Kind == DatabaseKind.Postgres
        ? new PostgresCarillonDb(new DbContextOptionsBuilder<PostgresCarillonDb>().UseNpgsql(ConnectionString).Options, environment)
        : new SqliteCarillonDb(new DbContextOptionsBuilder<SqliteCarillonDb>().UseSqlite(ConnectionString).Options, environment);

    private static bool IsPostgres(string connectionString) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString } is var parts
        && (parts.ContainsKey("Host") || parts.ContainsKey("Server"));
}
