using Carillon.Contract.Databases;
using Carillon.Data;
using Carillon.Data.Execution;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Contract.Execution;

/// <summary>
/// What every <see cref="IEngineStore"/> promises, in files named after the promise. The classes at the end of this file
/// hold each database to it.
/// </summary>
public abstract partial class EngineStoreContract(TestDatabase database) : IAsyncLifetime
{
    private const string Here = "aaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Elsewhere = "bbbbbbbbbbbbbbbbbbbbbbbb";

    private static readonly DateTimeOffset Now = new(2031, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly SampleRows _rows = new(Now);

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected IEngineStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await database.EmptyAsync(Ct);
        Store = database.Database.OpenEngineStore();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static Claim ClaimAt(DateTimeOffset now, long token = 1, int limit = 100) => new(token, now, now.AddMinutes(1), limit);

    /// <summary>Accepts an event and returns it as the claim that now holds it sees it.</summary>
    private async Task<Event> ClaimedEventAsync(long token = 1, string environmentId = Here)
    {
        var e = _rows.Event(environmentId);
        await Store.AcceptAsync([e], Ct);
        var claimed = await Store.ClaimEventsAsync(ClaimAt(Now, token, 1000), Ct);
        return Assert.Single(claimed, c => c.Id == e.Id);
    }

    /// <summary>An expanded event with this many runs that are due.</summary>
    private async Task<(Event Event, IReadOnlyList<Run> Runs)> ExpandedEventAsync(int runs, string environmentId = Here)
    {
        var e = await ClaimedEventAsync(environmentId: environmentId);
        IReadOnlyList<Run> made = [.. Enumerable.Range(0, runs).Select(_ => _rows.Run(e))];
        var held = await Store.CommitPageAsync(new([SampleRows.Expanded(e) with { RunsAdded = runs }], made, []), Ct);
        Assert.Contains(e.Id, held);
        return (e, made);
    }

    private async Task<Event?> StoredEventAsync(Event e)
    {
        await using var db = database.Database.Open(e.EnvironmentId);
        return await db.Events.SingleOrDefaultAsync(row => row.Id == e.Id, Ct);
    }

    private async Task<Run?> StoredRunAsync(Run run)
    {
        await using var db = database.Database.Open(run.EnvironmentId);
        return await db.Runs.SingleOrDefaultAsync(row => row.Id == run.Id, Ct);
    }

    private async Task<int> CountAsync<T>(string environmentId = Here) where T : class
    {
        await using var db = database.Database.Open(environmentId);
        return await db.Set<T>().CountAsync(Ct);
    }

    private async Task InsertAsync(params object[] rows)
    {
        await using var db = database.Database.Open(Here);
        db.AddRange(rows);
        await db.SaveChangesAsync(Ct);
    }
}

public sealed class PostgresEngineStoreTests(PostgresDatabase database) : EngineStoreContract(database), IClassFixture<PostgresDatabase>;

public sealed class SqliteEngineStoreTests(SqliteDatabase database) : EngineStoreContract(database), IClassFixture<SqliteDatabase>;
