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

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        var some = await MeasureAsync("some", Bench.Some, Rounds);
        var all = await MeasureAsync("all", Bench.Subscribers, Rounds);
        var share = store.Kind == StoreKind.Postgres ? 0.4 : (double?)null;
        return [.. some.Show(share: null, growth: null), .. all.Show(share, growth: 100)];
    }

    /// <summary>The medians of so many rounds.</summary>
    public async Task<FanOutResult> MeasureAsync(string topic, int recipients, int rounds)
    {
        List<double> fanOuts = [];
        List<double> inserts = [];
        List<double> growths = [];
        var rows = 0;
        for (var round = 0; round < rounds; round++)
        {
            var transactionId = $"fan-out-{_sent++}";
            var memory = await MemoryGrowthAsync(async () => fanOuts.Add(await SendAsync(topic, transactionId)));
            growths.Add(memory);
            await AuditAsync(transactionId, recipients);

            var inserted = await Baseline.For(store).MeasureAsync(client.EnvironmentId, transactionId);
            inserts.Add(inserted.Elapsed.TotalSeconds);
            rows = inserted.Rows;
        }

        return new(recipients, rows, Timings.Median(fanOuts), Timings.Median(inserts), growths.Max(), Baseline.For(store).Name);
    }

    private async Task<double> SendAsync(string topic, string transactionId)
    {
        await using var connection = await store.OpenAsync();
        await using var expanded = ThrowAwayStore.Command(
            connection, "SELECT status FROM events WHERE environment_id = @p1 AND given_transaction_id = @p2", client.EnvironmentId, transactionId);
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
            "SELECT count(DISTINCT r.subscriber_id) FROM events e JOIN runs r ON r.event_id = e.id WHERE e.given_transaction_id = @p1 AND r.status = 1", transactionId);
        var messages = await store.CountAsync(
            "SELECT count(*) FROM events e JOIN runs r ON r.event_id = e.id JOIN messages m ON m.run_id = r.id WHERE e.given_transaction_id = @p1", transactionId);
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

/// <summary>How long a fan-out took, and how long the bare database took for the same rows, in seconds.</summary>
internal sealed record FanOutResult(int Recipients, int Rows, double Seconds, double BareSeconds, double Growth, string Bare)
{
    public double PerSecond => Recipients / Seconds;

    /// <summary>As lines of a report, with what is asked for where something is.</summary>
    public IEnumerable<Measure> Show(double? share, double? growth)
    {
        var name = $"fan-out to {Recipients:N0}";
        return
        [
            Measure.Of($"{name}, to the last row", Seconds, "s"),
            Measure.Of($"{name}, recipients", PerSecond, "/s"),
            Measure.Of($"{name}, rows", Rows / Seconds, "/s"),
            Measure.Of($"{name}, {Bare} of the same {Rows:N0} rows", Rows / BareSeconds, "/s"),
            share is { } least
                ? Measure.AtLeast($"{name}, share of that", BareSeconds / Seconds, least, "")
                : Measure.Of($"{name}, share of that", BareSeconds / Seconds, ""),
            growth is { } most
                ? Measure.AtMost($"{name}, memory growth", Growth, most, "MB")
                : Measure.Of($"{name}, memory growth", Growth, "MB"),
        ];
    }
}
