using System.Net;
using System.Net.Http.Json;
using Carillon.Tests.Support;
using Npgsql;

namespace Carillon.Contract.Execution;

/// <summary>
/// How accepted events share commits on PostgreSQL: a table that somebody else has locked stops each of them in the middle for as long as
/// the test likes.
/// </summary>
public sealed class AcceptCommitTests
{
    private const string Committing = """
        SELECT count(*) FROM pg_stat_activity, pg_sleep(0.01)
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO events%'
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_commit_begins_where_many_wait_for_the_first()
    {
        await using var app = await CarillonApp.StartAsync(Store.Postgres);
        var workflow = await app.CreateGreetingAsync();
        await using var locking = await ConnectAsync(app);
        await using var watch = await ConnectAsync(app);
        await ExecuteAsync(locking, "BEGIN; LOCK TABLE events IN EXCLUSIVE MODE");

        var first = TriggerAsync(app, workflow, 1);
        await UntilCommittingAsync(watch, 1);
        var few = TriggerAsync(app, workflow, 99);
        var many = TriggerAsync(app, workflow, 100);
        await UntilCommittingAsync(watch, 2);
        Assert.False(few.IsCompleted || many.IsCompleted, "one was answered before it was committed");
        await ExecuteAsync(locking, "ROLLBACK");

        Assert.All(await Task.WhenAll(first, few, many), answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(200L, await NumberAsync(watch, "SELECT count(*) FROM events"));
    }

    [Fact]
    public async Task Whoever_leaves_before_the_commit_keeps_nobody_waiting_and_its_event_is_kept()
    {
        await using var app = await CarillonApp.StartAsync(Store.Postgres);
        var workflow = await app.CreateGreetingAsync();
        await using var locking = await ConnectAsync(app);
        await using var watch = await ConnectAsync(app);
        await ExecuteAsync(locking, "BEGIN; LOCK TABLE events IN EXCLUSIVE MODE");

        using var leaving = new CancellationTokenSource();
        var left = TriggerAsync(app, workflow, 1, leaving.Token);
        await UntilCommittingAsync(watch, 1);
        var stayed = TriggerAsync(app, workflow, 1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await ExecuteAsync(locking, "ROLLBACK");

        Assert.Equal(HttpStatusCode.Created, (await stayed).StatusCode);
        Assert.Equal(2L, await NumberAsync(watch, "SELECT count(*) FROM events"));
    }

    private static Task<HttpResponseMessage> TriggerAsync(CarillonApp app, string workflow, int count) => TriggerAsync(app, workflow, count, Ct);

    private static Task<HttpResponseMessage> TriggerAsync(CarillonApp app, string workflow, int count, CancellationToken ct) => app.Api.PostAsJsonAsync(
        "/v1/events/trigger/bulk", new { events = Enumerable.Range(0, count).Select(_ => new { name = workflow, to = "ann", payload = new { } }) }, ct);

    private static async Task<NpgsqlConnection> ConnectAsync(CarillonApp app)
    {
        var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync(Ct);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<long> NumberAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static async Task UntilCommittingAsync(NpgsqlConnection watch, int commits)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await NumberAsync(watch, Committing) < commits) patience.Token.ThrowIfCancellationRequested();
    }
}
