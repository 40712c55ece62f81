using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// What ten million runs that wait for tomorrow cost what happens today, against the same without them; and whether those whose time
/// comes leave then. <c>CARILLON_BENCH_WAITING</c> says how many, where it need not be so many.
/// </summary>
internal sealed class ManyWaiting(ThrowAwayStore store, ServerProcess server, Client client)
{
    private const int Connections = 64;
    private const int Rounds = 3;
    private const int Due = 10_000;

    private static readonly long Count = long.Parse(
        Environment.GetEnvironmentVariable("CARILLON_BENCH_WAITING") ?? "10000000", CultureInfo.InvariantCulture);

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await server.StartAsync();
        await client.SignUpAsync();
        var workflow = await client.CreateWorkflowAsync("Bench", new { type = "in_app", content = "Hello {{subscriber.firstName}}, your order {{order}} is on its way" });
        await client.SubscribeAsync(Enumerable.Range(0, TriggerLoad.People).Select(Bench.Subscriber));
        var load = new TriggerLoad(store, server, client, workflow);
        await load.SingleAsync(Connections, SingleTriggers.Duration);

        var empty = await SettledAsync(load);
        var waiting = new WaitingRuns(store, client, Count, Due);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await waiting.FillAsync();
        Console.Error.WriteLine($"{Count} waiting runs were made in {watch.Elapsed.TotalSeconds:0} s");

        // As before: the first to write to a page behind a checkpoint writes all of it to the log.
        await load.SingleAsync(Connections, SingleTriggers.Duration);
        var full = await SettledAsync(load);

        await waiting.HurryAsync();
        var late = await waiting.LatenessAsync();
        return
        [
            Measure.Of("single triggers to committed messages, nothing waits", empty, "/s"),
            Measure.Of($"single triggers to committed messages, {Count:N0} runs wait", full, "/s"),
            Measure.AtLeast("the second as a share of the first", full / empty, 0.9, ""),
            Measure.Of($"{Due:N0} of them become due within {WaitingRuns.Spread.TotalSeconds:0} s: committed behind their time, p50", late.At(0.5), "ms"),
            Measure.AtMost($"{Due:N0} of them become due within {WaitingRuns.Spread.TotalSeconds:0} s: committed behind their time, p99", late.At(0.99), 1_000, "ms"),
        ];
    }

    private static async Task<double> SettledAsync(TriggerLoad load)
    {
        List<double> rounds = [];
        for (var round = 0; round < Rounds; round++) rounds.Add((await load.SingleAsync(Connections, SingleTriggers.Duration)).SettledPerSecond);
        return Timings.Median(rounds);
    }
}
