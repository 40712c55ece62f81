using Carillon.Data;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Contract.Databases;

/// <summary>A migrated database of its own for one test class, gone afterwards.</summary>
public abstract class TestDatabase : IAsyncLifetime
{
    private Database? _database;

    public Database Database => _database ?? throw new InvalidOperationException("Not created yet.");

    public async ValueTask InitializeAsync()
    {
        _database = new Database(await CreateAsync());
        await using var db = Database.Open("");
        await db.Database.MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_database is not null) await _database.DisposeAsync();
        await DropAsync();
    }

    /// <summary>Removes every row of every table.</summary>
    public async Task EmptyAsync(CancellationToken ct)
    {
        await using var db = Database.Open("");
        var statements = db.Model.GetEntityTypes().Select(entity => $"DELETE FROM {entity.GetTableName()};");
        await db.Database.ExecuteSqlRawAsync(string.Concat(statements), ct);
    }

    protected abstract Task<string> CreateAsync();

    protected abstract Task DropAsync();
}
