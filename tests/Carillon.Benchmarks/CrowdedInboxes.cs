using System.Diagnostics;
using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// A million messages of ten thousand subscribers, read as inboxes read them: with tokens of subscribers.
/// <c>CARILLON_BENCH_INBOXES</c> says how many subscribers, where it need not be so many.
/// </summary>
internal sealed class CrowdedInboxes(ThrowAwayStore store, ServerProcess server, Client client)
{
    private const int Each = 100;
    private const int Connections = 2;
    private const int Readers = 2000;

    private static readonly int People = int.Parse(Environment.GetEnvironmentVariable("CARILLON_BENCH_INBOXES") ?? "10000", CultureInfo.InvariantCulture);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    private readonly List<string> _readers = [];
    private string _application = "";

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await FillAsync();
        await OpenAsync();
        foreach (var (_, path) in Reads) await ReadAsync(path, WarmUp);
        List<Measure> measures = [];
        foreach (var (name, path) in Reads) measures.AddRange(Show(name, await ReadAsync(path, Duration)));
        return measures;
    }

    private static IEnumerable<(string Name, string Path)> Reads =>
    [
        ("widget feed", "/v1/widgets/notifications/feed?page=0"),
        ("widget unseen count", "/v1/widgets/notifications/unseen"),
        ("widget unread count", "/v1/widgets/notifications/unread"),
        ("inbox list", "/v1/inbox/notifications?limit=10"),
        ("inbox count", "/v1/inbox/notifications/count?filters=%5B%7B%22read%22:false%7D%5D"),
    ];

    private async Task FillAsync()
    {
        await server.StartAsync();
        await client.SignUpAsync();
        var workflow = await client.CreateWorkflowAsync("Crowd", new { type = "in_app", content = "Hello {{order}}" });
        string[] people = [.. Enumerable.Range(0, People).Select(Bench.Subscriber)];
        await client.SubscribeAsync(people);
        await client.JoinAsync("all", people);
        _application = (await client.GetAsync("/v1/environments/me")).GetProperty("identifier").GetString()!;
        for (var order = 0; order < Each; order++)
            await client.PostAsync("/v1/events/trigger", new { name = workflow, to = new[] { new { type = "Topic", topicKey = "all" } }, payload = new { order } });
        await store.SettledAsync(TimeSpan.FromMinutes(10));

        // What the database does by itself within a minute or two: until then it does not know how many people share the messages, and
        // meanwhile it would take its time from whoever is measured first.
        await Crowd.RunAsync(store, "VACUUM ANALYZE");
        var messages = await store.CountAsync("SELECT count(*) FROM messages");
        if (messages != People * Each) throw new AuditException($"There are {messages} messages.");
    }

    private static IEnumerable<Measure> Show(string name, Timings timings) =>
    [
        Measure.Of($"{name}, {People * Each:N0} messages, p50", timings.At(0.5), "ms"),
        Measure.AtMost($"{name}, {People * Each:N0} messages, p99", timings.At(0.99), 10, "ms"),
    ];

    // Opened before, as what is asked is how fast they are read.
    private async Task OpenAsync()
    {
        for (var i = 0; i < Readers; i++)
        {
            var subscriberId = Bench.Subscriber(Random.Shared.Next(People));
            var session = await client.PostAsync("/v1/inbox/session", new { subscriberId, applicationIdentifier = _application });
            _readers.Add($"Bearer {session.GetProperty("token").GetString()}");
        }
    }

    private async Task<Timings> ReadAsync(string path, TimeSpan duration)
    {
        var timings = new Timings();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => ReadAsync(path, duration, timings)));
        return timings;
    }

    // Another reader every now and then, as what one reader reads again is in every cache.
    private async Task ReadAsync(string path, TimeSpan duration, Timings timings)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            await using var connection = await KeyedConnection.OpenAsync(server.Address, _readers[Random.Shared.Next(_readers.Count)]);
            for (var i = 0; i < 3; i++)
            {
                var started = watch.Elapsed;
                await connection.GetAsync(path);
                timings.Add(watch.Elapsed - started);
            }
        }
    }
}
