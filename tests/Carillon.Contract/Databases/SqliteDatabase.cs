using Microsoft.Data.Sqlite;

namespace Carillon.Contract.Databases;

public sealed class SqliteDatabase : TestDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-test-");

    public string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "carillon.db")}";

    protected override Task<string> CreateAsync() => Task.FromResult(ConnectionString);

    protected override Task DropAsync()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
