using System.Diagnostics;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>Reading inboxes, when the store holds hundreds of thousands of messages and when one inbox alone holds 100,000.</summary>
internal sealed class Feeds(ThrowAwayStore store, ServerProcess server, Client client, string workflow)
{
    private const string Crowded = "crowded";
    private const int BulkSize = 100;
    private const int Connections = 16;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        var settled = await CrowdAsync();
        var messages = await store.CountAsync("SELECT count(*) FROM messages");
        var any = await ReadAsync(() => $"/v1/subscribers/{Bench.Subscriber(Random.Shared.Next(Bench.Subscribers))}/notifications/feed");
        var crowded = await ReadAsync(() => $"/v1/subscribers/{Crowded}/notifications/feed");
        var unseen = await ReadAsync(() => $"/v1/subscribers/{Bench.Subscriber(Random.Shared.Next(Bench.Subscribers))}/notifications/unseen");
        return
        [
            Measure.Of("events of one recipient each, 100 a call, to committed messages", Bench.Subscribers / settled.TotalSeconds, "/s"),
            .. Show($"feed, {messages / 1000:N0},000 messages in the store", any),
            .. Show("feed of an inbox of 100,000", crowded),
            .. Show("unseen count", unseen),
        ];
    }

    private static IEnumerable<Measure> Show(string name, Timings timings) =>
    [
        Measure.Of($"{name}, {Connections} connections", timings.Count / Duration.TotalSeconds, "/s"),
        Measure.Of($"{name}, p50", timings.At(0.5), "ms"),
        Measure.Of($"{name}, p99", timings.At(0.99), "ms"),
    ];

    private async Task<TimeSpan> CrowdAsync()
    {
        var watch = Stopwatch.StartNew();
        for (var sent = 0; sent < Bench.Subscribers; sent += BulkSize)
        {
            await client.PostAsync("/v1/events/trigger/bulk", new
            {
                events = Enumerable.Range(sent, BulkSize).Select(order => new { name = workflow, to = Crowded, payload = new { order } }),
            });
        }
        await store.SettledAsync(TimeSpan.FromMinutes(5));
        var took = watch.Elapsed;

        var messages = await store.CountAsync("SELECT count(*) FROM messages m JOIN subscribers s ON s.id = m.subscriber_id WHERE s.external_id = @p1", Crowded);
        return messages == Bench.Subscribers ? took : throw new AuditException($"The crowded inbox has {messages} messages.");
    }

    private async Task<Timings> ReadAsync(Func<string> path)
    {
        var timings = new Timings();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            await using var connection = await KeyedConnection.OpenAsync(server.Address, $"ApiKey {client.ApiKey}");
            while (watch.Elapsed < Duration)
            {
                var started = watch.Elapsed;
                await connection.GetAsync(path());
                timings.Add(watch.Elapsed - started);
            }
        })));
        return timings;
    }
}
