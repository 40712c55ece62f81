using System.Diagnostics;
using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>Trigger calls for one recipient each, as fast as so many connections send them, each waiting for its answer.</summary>
internal sealed class Accepts(ThrowAwayStore store, ServerProcess server, Client client, string workflow)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await SendAsync(16, WarmUp);
        List<Measure> measures = [];
        foreach (var connections in new[] { 1, 16, 64 })
        {
            var (accepted, timings, elapsed) = await SendAsync(connections, Duration);
            measures.Add(Measure.Of($"accepts, {connections} connection{(connections == 1 ? "" : "s")}", accepted / elapsed.TotalSeconds, "/s"));
            measures.Add(Measure.Of($"accepts, {connections} connection{(connections == 1 ? "" : "s")}, p99", timings.At(0.99), "ms"));
        }
        return measures;
    }

    private async Task<(int Accepted, Timings Timings, TimeSpan Elapsed)> SendAsync(int connections, TimeSpan duration)
    {
        var before = await CountAsync();
        var timings = new Timings();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendOneByOneAsync(watch, duration, timings))));
        var elapsed = watch.Elapsed;

        await store.SettledAsync(TimeSpan.FromMinutes(5));
        var after = await CountAsync();
        if (after != (before.Events + timings.Count, before.Messages + timings.Count))
            throw new AuditException($"{timings.Count} calls were accepted; there are {after.Events - before.Events} events and {after.Messages - before.Messages} messages more.");
        return (timings.Count, timings, elapsed);
    }

    private async Task SendOneByOneAsync(Stopwatch watch, TimeSpan duration, Timings timings)
    {
        await using var connection = await KeyedConnection.OpenAsync(server.Address, $"ApiKey {client.ApiKey}");
        while (watch.Elapsed < duration)
        {
            var number = Random.Shared.Next(Bench.Subscribers).ToString(CultureInfo.InvariantCulture);
            var started = watch.Elapsed;
            await connection.PostAsync("/v1/events/trigger", $$"""{"name":"{{workflow}}","to":"subscriber-{{number}}","payload":{"order":{{number}} } }""");
            timings.Add(watch.Elapsed - started);
        }
    }

    private async Task<(long Events, long Messages)> CountAsync() =>
        (await store.CountAsync("SELECT count(*) FROM events"), await store.CountAsync("SELECT count(*) FROM messages"));
}
