using Carillon.Contract.Databases;
using Carillon.Data.Execution;
using Carillon.Driving;
using Npgsql;

namespace Carillon.Contract.Execution;

/// <summary>What a node that stands still has begun to write is undone, so that its rows can be taken over.</summary>
public sealed class PostgresUnfinishedTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Hold = "UPDATE events SET attempt = attempt + 1";

    private static readonly DateTimeOffset Now = new(2031, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IEngineStore _store = database.Database.OpenEngineStore();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_stands_still_in_a_transaction_loses_what_it_holds(bool copies)
    {
        await AcceptAsync();
        await using var still = await ConnectAsync("Carillon");
        await using var transaction = await still.BeginTransactionAsync(Ct);
        await ExecuteAsync(still, Hold);
        if (copies) await still.BeginBinaryImportAsync("COPY attachments (event_id, ordinal, part, environment_id, content) FROM STDIN (FORMAT BINARY)", Ct);

        Assert.Empty(await ClaimAsync());
        Assert.Equal(0, await _store.EndUnfinishedAsync(Patience, Ct));
        await Wait.UntilAsync(async () => await _store.EndUnfinishedAsync(TimeSpan.Zero, Ct) == 1, Patience);
        await Wait.UntilAsync(async () => (await ClaimAsync()).Count == 1, Patience);
    }

    [Fact]
    public async Task Who_only_reads_and_who_is_somebody_else_is_left_alone()
    {
        await AcceptAsync();
        await using var reads = await ConnectAsync("Carillon");
        await using var reading = await reads.BeginTransactionAsync(Ct);
        await ExecuteAsync(reads, "SELECT count(*) FROM events");
        await using var somebody = await ConnectAsync("somebody");
        await using var writing = await somebody.BeginTransactionAsync(Ct);
        await ExecuteAsync(somebody, Hold);

        Assert.Equal(0, await _store.EndUnfinishedAsync(TimeSpan.Zero, Ct));
        await reading.CommitAsync(Ct);
        await writing.CommitAsync(Ct);
        Assert.Single(await ClaimAsync());
    }

    private async Task AcceptAsync()
    {
        var rows = new SampleRows(Now);
        await _store.AcceptAsync([rows.Event("aaaaaaaaaaaaaaaaaaaaaaaa")], Ct);
    }

    private Task<IReadOnlyList<Event>> ClaimAsync() => _store.ClaimEventsAsync(new Claim(1, Now, Now.AddMinutes(1), 10), Ct);

    private async Task<NpgsqlConnection> ConnectAsync(string name)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, ApplicationName = name }.ConnectionString);
        await connection.OpenAsync(Ct);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
