using Carillon.Data;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Contract.Databases;

/// <summary>A migrated database of its own for one test class, gone afterwards.</summary>
public abstract class TestDatabase : IAsyncLifetime
{
    public Database Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = new Database(await CreateAsync());
        await using var db = Database.Open("");
        await db.Database.MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Database.DisposeAsync();
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
