using System.Diagnostics;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>How long one organization's single triggers take: alone, and while another one's event goes to everybody over and over.</summary>
internal sealed class Fairness(ThrowAwayStore store, ServerProcess server, Client large)
{
    private const int Crowd = 100_000;
    private const int Singles = 400;
    private const int WarmUp = 100;
    private const int FewestFanOuts = 2;

    private const string Finished = """
        SELECT count(*) FROM events e JOIN runs r ON r.environment_id = e.environment_id AND r.event_id = e.id
        WHERE e.environment_id = @p1 AND e.transaction_id = @p2 AND r.status = 1
        """;

    private int _single;
    private int _fanOut;

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await server.StartAsync();
        await large.SignUpAsync();
        using var small = new Client(server.Address);
        await small.SignUpAsync("neighbour@example.com");
        var crowded = await large.CreateWorkflowAsync("Crowd", new { type = "in_app", content = "Hello {{order}}" });
        var quiet = await small.CreateWorkflowAsync("Single", new { type = "in_app", content = "Hello {{order}}" });
        await large.SubscribeAsync(Enumerable.Range(0, Crowd).Select(Bench.Subscriber));

        await SendAsync(small, quiet, WarmUp);
        var alone = await SendAsync(small, quiet, Singles);
        using var enough = new CancellationTokenSource();
        var fanOuts = FanOutAsync(crowded, enough.Token);
        var beside = await SendAsync(small, quiet, Singles);
        await enough.CancelAsync();
        await fanOuts;
        await AuditAsync();

        return
        [
            Measure.Of("trigger to committed message, alone, p50", alone.At(0.5), "ms"),
            Measure.Of("trigger to committed message, alone, p99", alone.At(0.99), "ms"),
            Measure.Of($"beside {_fanOut} fan-outs to {Crowd:N0} of another organization, p50", beside.At(0.5), "ms"),
            Measure.Of($"beside {_fanOut} fan-outs to {Crowd:N0} of another organization, p99", beside.At(0.99), "ms"),
            Measure.AtMost("the latter p99 as a multiple", beside.At(0.99) / alone.At(0.99), 2, ""),
        ];
    }

    private async Task<Timings> SendAsync(Client client, string workflow, int count)
    {
        var timings = new Timings();
        await using var connection = await store.OpenAsync();
        await using var finished = ThrowAwayStore.Command(connection, Finished, client.EnvironmentId, "");
        for (var i = 0; i < count; i++)
        {
            await Task.Delay(Random.Shared.Next(5, 30));
            var transactionId = $"single-{_single++}";
            finished.Parameters[1].Value = transactionId;
            var watch = Stopwatch.StartNew();
            await client.PostAsync("/v1/events/trigger", new { name = workflow, to = $"one-{i % 50}", payload = new { order = i }, transactionId });
            while ((long)(await finished.ExecuteScalarAsync())! == 0) { }
            timings.Add(watch.Elapsed);
        }

        return timings;
    }

    private async Task FanOutAsync(string workflow, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested || _fanOut < FewestFanOuts)
        {
            var transactionId = $"fan-out-{_fanOut++}";
            await large.PostAsync("/v1/events/trigger/broadcast", new { name = workflow, payload = new { order = 4711 }, transactionId });
            await Wait.UntilAsync(
                async () => await store.CountAsync("SELECT count(*) FROM events WHERE transaction_id = @p1 AND status = 1", transactionId) == 1,
                TimeSpan.FromMinutes(2));
        }
    }

    private async Task AuditAsync()
    {
        var (asked, messages) = ((long)_single + ((long)_fanOut * Crowd), await store.CountAsync("SELECT count(*) FROM messages"));
        if (asked != messages) throw new AuditException($"{asked} messages were asked for and there are {messages}.");
    }
}
