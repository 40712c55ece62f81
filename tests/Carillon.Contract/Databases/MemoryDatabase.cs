using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Carillon.Contract.Databases;

/// <summary>The embedded store without a disk, for tests that need many short transactions and no crash of the machine.</summary>
public sealed class MemoryDatabase : TestDatabase
{
    private SqliteConnection? _keptAlive;

    protected override async Task<string> CreateAsync()
    {
        var connectionString = $"Data Source={RandomNumberGenerator.GetHexString(16)};Mode=Memory;Cache=Shared";
        _keptAlive = new SqliteConnection(connectionString);
        await _keptAlive.OpenAsync();
        return connectionString;
    }

    protected override async Task DropAsync()
    {
        if (_keptAlive is not null) await _keptAlive.DisposeAsync();
    }
}
