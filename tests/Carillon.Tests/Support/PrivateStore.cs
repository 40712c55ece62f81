using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Carillon.Tests.Support;

/// <summary>A database that belongs to one test and is gone after it: a file of its own, or a database on the server of this run.</summary>
internal sealed class PrivateStore : IAsyncDisposable
{
    private readonly DirectoryInfo? _folder;
    private readonly string? _database;

    public PrivateStore(Store store)
    {
        if (store == Store.Sqlite)
        {
            _folder = Directory.CreateTempSubdirectory("carillon-test-");
            var file = Path.Combine(_folder.FullName, "carillon.db");
            File.Copy(Template.File, file);
            ConnectionString = $"Data Source={file}";
            return;
        }

        _database = "carillon_" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        ConnectionString = $"{TestPostgres.Server};Database={_database};Maximum Pool Size=20";
        TestPostgres.Execute($"CREATE DATABASE {_database} TEMPLATE {Template.Database}");
    }

    public string ConnectionString { get; }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            using (var connection = new SqliteConnection(ConnectionString))
                SqliteConnection.ClearPool(connection);
            _folder.Delete(recursive: true);
            return;
        }

        await Task.Run(() => TestPostgres.Execute($"DROP DATABASE {_database} WITH (FORCE)"));
    }
}
