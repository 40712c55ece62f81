using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// Trigger calls that wait for their commit, against calls of the same route that the server authenticates, reads and checks and then
/// refuses for the last thing that it looks at: what is between the two is what being durable costs. No route is there for this alone.
/// Meanwhile the engine does what was triggered, on the same processors. <c>CARILLON_BENCH_SECONDS</c> says how long each takes.
/// </summary>
internal sealed class SingleTriggers(ThrowAwayStore store, ServerProcess server, Client client)
{
    private const int Connections = 64;
    private const int BulkConnections = 4;
    private const int Rounds = 3;

    /// <summary>How long one kind of call is sent at a time.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("CARILLON_BENCH_SECONDS") ?? "10", CultureInfo.InvariantCulture));

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await server.StartAsync();
        await client.SignUpAsync();
        var workflow = await client.CreateWorkflowAsync("Bench", new { type = "in_app", content = "Hello {{subscriber.firstName}}, your order {{order}} is on its way" });
        await client.SubscribeAsync(Enumerable.Range(0, TriggerLoad.People).Select(Bench.Subscriber));
        var load = new TriggerLoad(store, server, client, workflow);
        await load.SingleAsync(Connections, Duration);

        List<Sent> refused = [], single = [], bulk = [];
        for (var round = 0; round < Rounds; round++)
        {
            refused.Add(await load.RefusedAsync(Connections, Duration));
            single.Add(await load.SingleAsync(Connections, Duration));
            bulk.Add(await load.BulkAsync(BulkConnections, Duration));
        }

        return Show(Median(refused), Median(single), Median(bulk));
    }

    private static List<Measure> Show(Sent refused, Sent single, Sent bulk) =>
    [
        Measure.Of($"calls refused when read, {Connections} connections", refused.PerSecond, "/s"),
        Measure.Of($"calls refused when read, {Connections} connections, p99", refused.Timings.At(0.99), "ms"),
        Measure.Of($"single triggers, {Connections} connections", single.PerSecond, "/s"),
        Measure.AtLeast($"single triggers, {Connections} connections, share of the refused", single.PerSecond / refused.PerSecond, 0.5, ""),
        Measure.AtMost($"single triggers, {Connections} connections, p99", single.Timings.At(0.99), 50, "ms"),
        Measure.Of("single triggers, to the last committed message", single.SettledPerSecond, "/s"),
        Measure.Of($"events in calls of {TriggerLoad.PerCall}, {BulkConnections} connections", TriggerLoad.PerCall * bulk.PerSecond, "/s"),
        Measure.AtLeast($"events in calls of {TriggerLoad.PerCall}, as a multiple of single triggers", TriggerLoad.PerCall * bulk.PerSecond / single.PerSecond, 5, ""),
        Measure.Of($"events in calls of {TriggerLoad.PerCall}, to the last committed message", TriggerLoad.PerCall * bulk.SettledPerSecond, "/s"),
    ];

    private static Sent Median(List<Sent> rounds) => rounds.OrderBy(round => round.PerSecond).ElementAt(rounds.Count / 2);
}
