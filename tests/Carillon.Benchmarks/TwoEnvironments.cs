using System.Collections.Concurrent;
using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// Single triggers of one environment at a steady pace, first alone and then while the event of another is told to a million. What counts is
/// the time from the call to the committed message, by the database's own record. <c>CARILLON_BENCH_RECIPIENTS</c> says how many.
/// </summary>
internal sealed class TwoEnvironments(ThrowAwayStore store, ServerProcess server, Client large, Client small)
{
    private const int PerSecond = 25;
    private const int Subscribers = 1_000;
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(30);

    private static readonly int Recipients = int.Parse(
        Environment.GetEnvironmentVariable("CARILLON_BENCH_RECIPIENTS") ?? "1000000", CultureInfo.InvariantCulture);

    private static readonly object Template = new { type = "in_app", content = "Hello {{subscriber.firstName}}, your order {{order}} is on its way" };

    private readonly ConcurrentDictionary<string, DateTimeOffset> _sent = [];
    private string _workflow = "";
    private int _number;

    public static async Task<IReadOnlyList<Measure>> MeasureAsync(Subject.Stage stage)
    {
        using var small = new Client(stage.Server.Address);
        return await new TwoEnvironments(stage.Store, stage.Server, stage.Client, small).MeasureAsync();
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await server.StartAsync();
        await large.SignUpAsync();
        await small.SignUpAsync("small@example.com");
        var crowd = await large.CreateWorkflowAsync("Crowd", Template);
        _workflow = await small.CreateWorkflowAsync("Single", Template);
        await Crowd.MakeAsync(store, large, Recipients, ("all", Recipients));
        await small.SubscribeAsync(Enumerable.Range(0, Subscribers).Select(number => $"small-{number}"));

        // More than the fan-out to a million writes.
        await UsedLogs.MakeAsync(store, files: 150);

        await SendAsync(Task.Delay(Warming));
        var alone = await SendAsync(Task.Delay(Alone));
        var telling = TellAllAsync(crowd);
        var beside = await SendAsync(telling);
        await AuditAsync();
        return
        [
            Measure.Of($"{PerSecond} triggers a second, to committed messages, alone, p50", alone.At(0.5), "ms"),
            Measure.Of($"{PerSecond} triggers a second, to committed messages, alone, p99", alone.At(0.99), "ms"),
            Measure.Of($"beside a fan-out to {Recipients:N0} of another environment, p50", beside.At(0.5), "ms"),
            Measure.Of($"beside a fan-out to {Recipients:N0} of another environment, p99", beside.At(0.99), "ms"),
            Measure.AtMost("the p99 beside as a multiple of the p99 alone", beside.At(0.99) / alone.At(0.99), 2, ""),
            Measure.Of($"fan-out to {Recipients:N0} meanwhile, recipients", Recipients / (await telling).TotalSeconds, "/s"),
        ];
    }

    private async Task<TimeSpan> TellAllAsync(string workflow)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await large.PostAsync("/v1/events/trigger", new
        {
            name = workflow, to = new[] { new { type = "Topic", topicKey = "all" } }, payload = new { order = 4711 }, transactionId = "crowd",
        });
        await Wait.UntilAsync(
            async () => await store.CountAsync("SELECT count(*) FROM events WHERE given_transaction_id = 'crowd' AND status = 1") == 1, TimeSpan.FromMinutes(5));
        return watch.Elapsed;
    }

    // At its pace whether or not the answers keep up, so that what is slow is not asked less often.
    private async Task<Timings> SendAsync(Task meanwhile)
    {
        List<string> sent = [];
        List<Task> calls = [];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        while (!meanwhile.IsCompleted)
        {
            await timer.WaitForNextTickAsync();
            var (number, transactionId) = (_number++, $"single-{_number}");
            sent.Add(transactionId);
            _sent[transactionId] = TimeProvider.System.GetUtcNow();
            calls.Add(small.PostAsync("/v1/events/trigger", new { name = _workflow, to = $"small-{number % Subscribers}", payload = new { order = number }, transactionId }));
        }

        await Task.WhenAll(calls);
        await Wait.UntilAsync(async () => await DueAsync() == 0, TimeSpan.FromMinutes(1));
        var committed = await CommitTimes.OfMessagesAsync(store, small.EnvironmentId);
        var timings = new Timings();
        foreach (var transactionId in sent) timings.Add(committed[transactionId] - _sent[transactionId]);
        return timings;
    }

    private Task<long> DueAsync() => store.CountAsync("SELECT count(*) FROM events WHERE environment_id = @p1 AND due_at IS NOT NULL", small.EnvironmentId);

    private async Task AuditAsync()
    {
        var told = await store.CountAsync("SELECT count(DISTINCT subscriber_id) FROM messages WHERE environment_id = @p1", large.EnvironmentId);
        var all = await store.CountAsync("SELECT count(*) FROM messages");
        if (told != Recipients || all != Recipients + _sent.Count)
            throw new AuditException($"{Recipients} and {_sent.Count} were to be told; {told} and {all - told} were.");
    }
}
