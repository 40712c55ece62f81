using Carillon.Contract.Databases;
using Carillon.Data.Execution;
using Npgsql;

namespace Carillon.Contract.Execution;

/// <summary>Of several nodes one prunes at a time, and the next as soon as that one is done or gone.</summary>
public sealed class PostgresPruneTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly DateTimeOffset Now = new(2031, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_one_prunes_another_finds_nothing_to_remove()
    {
        var store = database.Database.OpenEngineStore();
        var rows = new SampleRows(Now);
        await store.AcceptAsync([rows.Event("aaaaaaaaaaaaaaaaaaaaaaaa")], Ct);
        var e = Assert.Single(await store.ClaimEventsAsync(new Claim(1, Now, Now.AddMinutes(1), 10), Ct));
        await store.CommitPageAsync(new([SampleRows.Expanded(e)], [], []), Ct);
        var everything = new PruneHorizon(Now.AddYears(1), Now.AddYears(1), Now.AddYears(1), Now.AddYears(1), Now.AddYears(1), Now.AddYears(1));

        await using (var other = new NpgsqlConnection(database.ConnectionString))
        {
            await other.OpenAsync(Ct);
            await using var take = new NpgsqlCommand("BEGIN; SELECT pg_advisory_xact_lock(7264937120454)", other);
            await take.ExecuteNonQueryAsync(Ct);
            Assert.Equal(0, await store.PruneAsync(everything, 100, Ct));
        }

        Assert.Equal(1, await store.PruneAsync(everything, 100, Ct));
    }
}
