using System.Diagnostics;
using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// Ten thousand open inboxes at one server: what they cost while nothing happens, how soon they all hear of one event, and what others
/// notice when half of them come back at once. <c>CARILLON_BENCH_SOCKETS</c> says how many, where it need not be so many.
/// </summary>
internal sealed class Sockets(ThrowAwayStore store, ServerProcess server, Client client)
{
    private const int FanOuts = 5;
    private const int OpenedAtOnce = 32;

    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("CARILLON_BENCH_SOCKETS") ?? "10000", CultureInfo.InvariantCulture);
    private static readonly int Storm = Count / 2;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    // Five thousand in ten seconds.
    private static readonly TimeSpan BetweenTwo = TimeSpan.FromMilliseconds(2);

    private const string Committed = """
        SELECT s.external_id || ' ' || (extract(epoch FROM pg_xact_commit_timestamp(m.xmin)) * 1000000)::bigint
        FROM events e JOIN messages m ON m.event_id = e.id JOIN subscribers s ON s.id = m.subscriber_id
        WHERE e.environment_id = @p1 AND m.environment_id = @p1 AND e.given_transaction_id = @p2
        """;

    private readonly List<Measure> _measures = [];
    private string[] _tokens = [];
    private string _workflow = "";

    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Carillon__RateLimits__Enabled"] = "false",
        ["Carillon__Realtime__SocketsPerAddress"] = "20000",
    };

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await PrepareAsync();
        await CallAsync(Task.Delay(Quiet));
        var before = server.Memory;
        var watch = Stopwatch.StartNew();
        var listeners = await OpenAsync(_tokens);
        _measures.Add(Measure.Of("sockets opened", Count / watch.Elapsed.TotalSeconds, "/s"));
        await IdleAsync(before);
        await FanOutAsync(listeners);
        await ReconnectAsync(listeners);
        foreach (var listener in listeners) await listener.DisposeAsync();
        return _measures;
    }

    private async Task PrepareAsync()
    {
        await server.StartAsync();
        await client.SignUpAsync();
        _workflow = await client.CreateWorkflowAsync("Sockets", new { type = "in_app", content = "Hello {{order}}" });
        string[] people = [.. Enumerable.Range(0, Count).Select(Bench.Subscriber)];
        await client.SubscribeAsync(people);
        await client.JoinAsync("all", people);
        var application = (await client.GetAsync("/v1/environments/me")).GetProperty("identifier").GetString()!;
        _tokens = new string[Count];
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce }, async (i, _) =>
        {
            var session = await client.PostAsync("/v1/inbox/session", new { subscriberId = people[i], applicationIdentifier = application });
            _tokens[i] = session.GetProperty("token").GetString()!;
        });
    }

    private async Task<Listener[]> OpenAsync(string[] tokens)
    {
        var listeners = new Listener[tokens.Length];
        await Parallel.ForAsync(0, tokens.Length, new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce }, async (i, _) =>
            listeners[i] = await Listener.OpenAsync(server.Address, tokens[i]));
        return listeners;
    }

    private async Task IdleAsync(double before)
    {
        // Rounds of pings; and calls, as without any the server has no reason to collect what opening left behind.
        await Task.Delay(TimeSpan.FromSeconds(50));
        await CallAsync(Task.Delay(Quiet));
        _measures.Add(Measure.Of($"memory of the process, {Count:N0} idle sockets open", server.Memory, "MB"));
        _measures.Add(Measure.AtMost($"memory of an idle socket, {Count:N0} open", (server.Memory - before) * 1024 / Count, 15, "KB"));

        var (watch, busy) = (Stopwatch.StartNew(), server.Processor);
        await Task.Delay(TimeSpan.FromSeconds(30));
        _measures.Add(Measure.Of($"share of one core, {Count:N0} idle", 100 * (server.Processor - busy) / watch.Elapsed, "%"));
    }

    private async Task FanOutAsync(Listener[] listeners)
    {
        List<Heard> rounds = [];
        for (var round = 0; round < FanOuts; round++)
            rounds.Add(await FanOutAsync(listeners, round));

        var median = rounds.OrderBy(one => one.FromCommit.At(0.99)).ElementAt(FanOuts / 2);
        _measures.Add(Measure.Of($"one event to {Count:N0} inboxes, commit to frame, p50", median.FromCommit.At(0.5), "ms"));
        _measures.Add(Measure.AtMost($"one event to {Count:N0} inboxes, commit to frame, p99", median.FromCommit.At(0.99), 1_000, "ms"));
        _measures.Add(Measure.Of($"one event to {Count:N0} inboxes, trigger to frame, p99", median.FromTrigger.At(0.99), "ms"));
    }

    private async Task<Heard> FanOutAsync(Listener[] listeners, int round)
    {
        foreach (var listener in listeners) listener.Forget();
        var transactionId = $"round-{round}";
        var sent = TimeProvider.System.GetUtcNow();
        await client.PostAsync(
            "/v1/events/trigger",
            new { name = _workflow, to = new[] { new { type = "Topic", topicKey = "all" } }, payload = new { order = round }, transactionId });
        var heard = await Task.WhenAll(listeners.Select(listener => listener.Heard)).WaitAsync(TimeSpan.FromMinutes(1));

        var committed = await CommitTimes.ReadAsync(store, Committed, client.EnvironmentId, transactionId);
        var (fromCommit, fromTrigger) = (new Timings(), new Timings());
        for (var i = 0; i < heard.Length; i++)
        {
            fromCommit.Add(heard[i] - committed[Bench.Subscriber(i)]);
            fromTrigger.Add(heard[i] - sent);
        }

        return new(fromCommit, fromTrigger);
    }

    private async Task ReconnectAsync(Listener[] listeners)
    {
        var quiet = await CallAsync(Task.Delay(Quiet));
        var watch = Stopwatch.StartNew();
        var storm = ComeBackAsync(listeners);
        var during = await CallAsync(storm);
        _measures.Add(Measure.Of($"{Storm:N0} sockets back after", watch.Elapsed.TotalSeconds, "s"));
        _measures.Add(Measure.Of("a call while all is quiet, p99", quiet.At(0.99), "ms"));
        _measures.Add(Measure.Of("a call meanwhile, p99", during.At(0.99), "ms"));
        _measures.Add(Measure.AtMost("a call meanwhile, p99 against quiet", during.At(0.99) / quiet.At(0.99), 2, ""));
    }

    // Spread, as browsers spread it: each loses its socket and opens another.
    private async Task ComeBackAsync(Listener[] listeners)
    {
        var watch = Stopwatch.StartNew();
        var opening = new List<Task>();
        for (var i = 0; i < Storm; i++)
        {
            var early = (BetweenTwo * i) - watch.Elapsed;
            if (early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early);
            opening.Add(OpenOneAsync(listeners, i));
        }

        await Task.WhenAll(opening);
    }

    private async Task OpenOneAsync(Listener[] listeners, int i)
    {
        await listeners[i].DisposeAsync();
        listeners[i] = await Listener.OpenAsync(server.Address, _tokens[i]);
    }

    private async Task<Timings> CallAsync(Task until)
    {
        var timings = new Timings();
        await using var connection = await KeyedConnection.OpenAsync(server.Address, $"ApiKey {client.ApiKey}");
        while (!until.IsCompleted)
        {
            var watch = Stopwatch.StartNew();
            await connection.GetAsync($"/v1/subscribers/{Bench.Subscriber(Random.Shared.Next(Count))}/notifications/unseen");
            timings.Add(watch.Elapsed);
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }

        await until;
        return timings;
    }

    /// <summary>How long after its message's commit, and after the trigger call, each inbox heard of one event.</summary>
    private sealed record Heard(Timings FromCommit, Timings FromTrigger);
}
