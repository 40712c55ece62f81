using Carillon.Data.Execution;
using Carillon.Data.Execution.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Data;

/// <summary>The embedded store of this process. Whoever has none has nothing of what it is made of loaded.</summary>
internal sealed class SqliteFile(string connectionString)
{
    /// <summary>Where it is; null for one in memory.</summary>
    public string? Folder => FolderOf(new(connectionString));

    public Func<CarillonDb> Contexts() => Database.Contexts(
        new DbContextOptionsBuilder<SqliteCarillonDb>().UseSqlite(connectionString), new SqlitePragmas(), new Commits());

    public IEngineStore OpenEngineStore() => new SqliteEngineStore(connectionString);

    private static string? FolderOf(SqliteConnectionStringBuilder file) =>
        file.Mode == SqliteOpenMode.Memory ? null : Path.GetDirectoryName(Path.GetFullPath(file.DataSource));
}
