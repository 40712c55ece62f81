using System.Diagnostics;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// One event for a whole topic, from the call to the last committed row; and beside it, in the same minute, the bare database taking the
/// very rows that came of it into tables of the same make.
/// </summary>
internal sealed class FanOut(ThrowAwayStore store, ServerProcess server, Client client, string workflow)
{
    private const int Rounds = 3;

    private int _sent;

    public async Task<IReadOnlyList<Measure>> MeasureAsync() =>
        [.. await MeasureAsync("some", Bench.Some, isAsked: false), .. await MeasureAsync("all", Bench.Subscribers, isAsked: true)];

    private async Task<IReadOnlyList<Measure>> MeasureAsync(string topic, int recipients, bool isAsked)
    {
        List<double> fanOuts = [];
        List<double> inserts = [];
        List<double> growths = [];
        var rows = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var transactionId = $"fan-out-{_sent++}";
            var memory = await MemoryGrowthAsync(async () => fanOuts.Add(await SendAsync(topic, transactionId)));
            growths.Add(memory);
            await AuditAsync(transactionId, recipients);

            var inserted = await Baseline.For(store).MeasureAsync(client.EnvironmentId, transactionId);
            inserts.Add(inserted.Elapsed.TotalSeconds);
            rows = inserted.Rows;
        }

        var (fanOut, insert) = (Timings.Median(fanOuts), Timings.Median(inserts));
        var name = $"fan-out to {recipients:N0}";
        var share = insert / fanOut;
        return
        [
            Measure.Of($"{name}, to the last row", fanOut, "s"),
            Measure.Of($"{name}, recipients", recipients / fanOut, "/s"),
            Measure.Of($"{name}, rows", rows / fanOut, "/s"),
            Measure.Of($"{name}, {Baseline.For(store).Name} of the same {rows:N0} rows", rows / insert, "/s"),
            isAsked && store.Kind == StoreKind.Postgres
                ? Measure.AtLeast($"{name}, share of that", share, 0.25, "")
                : Measure.Of($"{name}, share of that", share, ""),
            isAsked
                ? Measure.AtMost($"{name}, memory growth", growths.Max(), 100, "MB")
                : Measure.Of($"{name}, memory growth", growths.Max(), "MB"),
        ];
    }

    private async Task<double> SendAsync(string topic, string transactionId)
    {
        await using var connection = await store.OpenAsync();
        await using var expanded = ThrowAwayStore.Command(
            connection, "SELECT status FROM events WHERE environment_id = @p1 AND transaction_id = @p2", client.EnvironmentId, transactionId);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));

        var watch = Stopwatch.StartNew();
        await client.PostAsync("/v1/events/trigger", new
        {
            name = workflow,
            to = new[] { new { type = "Topic", topicKey = topic } },
            payload = new { order = 4711 },
            transactionId,
        });
        while (Convert.ToInt32(await expanded.ExecuteScalarAsync(), null) == 0)
            await timer.WaitForNextTickAsync();
        return watch.Elapsed.TotalSeconds;
    }

    private async Task AuditAsync(string transactionId, int recipients)
    {
        var finished = await store.CountAsync(
            "SELECT count(DISTINCT r.subscriber_id) FROM events e JOIN runs r ON r.event_id = e.id WHERE e.transaction_id = @p1 AND r.status = 1", transactionId);
        var messages = await store.CountAsync(
            "SELECT count(*) FROM events e JOIN runs r ON r.event_id = e.id JOIN messages m ON m.run_id = r.id WHERE e.transaction_id = @p1", transactionId);
        if ((finished, messages) != (recipients, recipients))
            throw new AuditException($"{recipients} recipients were asked for; {finished} runs are finished and there are {messages} messages.");
    }

    /// <summary>The highest it stood while something was done, above where it stood before.</summary>
    private async Task<double> MemoryGrowthAsync(Func<Task> work)
    {
        var before = server.Memory;
        var highest = before;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var working = work();
        while (!working.IsCompleted)
        {
            highest = Math.Max(highest, server.Memory);
            await timer.WaitForNextTickAsync();
        }
        await working;
        return Math.Max(highest, server.Memory) - before;
    }
}
