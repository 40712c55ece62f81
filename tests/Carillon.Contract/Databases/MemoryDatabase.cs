using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Carillon.Contract.Databases;

/// <summary>The embedded store without a disk, for tests that need many short transactions and no crash of the machine.</summary>
public sealed class MemoryDatabase : TestDatabase
{
    private SqliteConnection? _keptAlive;

    protected override async Task<string> CreateAsync()
    {
        // Named as a file, because connections to what is plainly in memory are not kept: each would read the whole schema.
        var connectionString = $"Data Source=file:{RandomNumberGenerator.GetHexString(16)}?mode=memory&cache=shared";
        _keptAlive = new SqliteConnection(connectionString);
        await _keptAlive.OpenAsync();
        return connectionString;
    }

    protected override async Task DropAsync()
    {
        if (_keptAlive is null) return;

        SqliteConnection.ClearPool(_keptAlive);
        await _keptAlive.DisposeAsync();
    }
}
