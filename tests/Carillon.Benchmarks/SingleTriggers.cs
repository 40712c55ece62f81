using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// Trigger calls that wait for their commit, against calls of the same route that the server authenticates, reads and checks and then
/// refuses for the last thing that it looks at: what is between the two is what being durable costs. No route is there for this alone.
/// Once while the engine does what was triggered, on the same processors, and once at a process with the role of the API only, whose events
/// the engine carries out when it is started afterwards. <c>CARILLON_BENCH_SECONDS</c> says how long each takes.
/// </summary>
internal sealed class SingleTriggers(ThrowAwayStore store, ServerProcess server, ServerProcess api, Client client)
{
    private const int Connections = 64;
    private const int BulkConnections = 8;
    private const int Rounds = 5;

    // More than a round writes.
    private const int LogsOfRound = 250;

    /// <summary>How long one kind of call is sent at a time.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("CARILLON_BENCH_SECONDS") ?? "4", CultureInfo.InvariantCulture));

    public static async Task<IReadOnlyList<Measure>> MeasureAsync(Subject.Stage stage, IReadOnlyDictionary<string, string> settings)
    {
        await using var api = new ServerProcess(stage.Store.ConnectionString, new Dictionary<string, string>(settings) { ["Carillon__Roles"] = "api" });
        var measures = await new SingleTriggers(stage.Store, stage.Server, api, stage.Client).MeasureAsync();
        if (api.Output.Trim() is { Length: > 0 } output) await Console.Error.WriteLineAsync(output);
        return measures;
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await server.StartAsync();
        await client.SignUpAsync();
        var workflow = await client.CreateWorkflowAsync("Bench", new { type = "in_app", content = "Hello {{subscriber.firstName}}, your order {{order}} is on its way" });
        await client.SubscribeAsync(Enumerable.Range(0, TriggerLoad.People).Select(Bench.Subscriber));
        return [.. await CarriedOutAsync(new(store, server, client, workflow)), .. await AcceptedAsync(new(store, api, client, workflow))];
    }

    private async Task<IReadOnlyList<Measure>> CarriedOutAsync(TriggerLoad load)
    {
        await load.SingleAsync(Connections, Duration);
        var rounds = await RoundsAsync(load.RefusedAsync, load.SingleAsync, load.BulkAsync);
        return
        [
            .. Show(rounds, ""),
            Measure.Of("single triggers, to the last committed message", rounds.Single.SettledPerSecond, "/s"),
            Measure.Of($"events in calls of {TriggerLoad.PerCall}, to the last committed message", TriggerLoad.PerCall * rounds.Bulk.SettledPerSecond, "/s"),
        ];
    }

    // The engine comes afterwards, and all that was accepted without it is in the audit. What it did before is tidied up first, so that the
    // database does not do so meanwhile.
    private async Task<IReadOnlyList<Measure>> AcceptedAsync(TriggerLoad load)
    {
        await server.StopAsync();
        await Crowd.RunAsync(store, "VACUUM ANALYZE");
        await api.StartAsync();
        var (before, asked) = (await load.CountAsync(), 0);
        await CountedAsync(load.SendSingleAsync, 1)(Connections, Duration);
        var rounds = await RoundsAsync(load.RefusedAsync, CountedAsync(load.SendSingleAsync, 1), CountedAsync(load.SendBulkAsync, TriggerLoad.PerCall));
        await api.StopAsync();
        await server.StartAsync();
        await load.SettledAsync(before, asked);
        return Show(rounds, "accepting only, ");

        Func<int, TimeSpan, Task<Sent>> CountedAsync(Func<int, TimeSpan, Task<Sent>> send, int perCall) => async (connections, duration) =>
        {
            var sent = await send(connections, duration);
            asked += perCall * sent.Timings.Count;
            return sent;
        };
    }

    private async Task<(Sent Refused, Sent Single, Sent Bulk)> RoundsAsync(
        Func<int, TimeSpan, Task<Sent>> refuse, Func<int, TimeSpan, Task<Sent>> single, Func<int, TimeSpan, Task<Sent>> bulk)
    {
        List<(Sent Refused, Sent Single, Sent Bulk)> rounds = [];
        for (var round = 0; round < Rounds; round++)
        {
            await UsedLogs.MakeAsync(store, LogsOfRound);
            rounds.Add((await refuse(Connections, Duration), await single(Connections, Duration), await bulk(BulkConnections, Duration)));
        }

        return (Median(rounds.Select(one => one.Refused)), Median(rounds.Select(one => one.Single)), Median(rounds.Select(one => one.Bulk)));
    }

    private static List<Measure> Show((Sent Refused, Sent Single, Sent Bulk) rounds, string when)
    {
        var (refused, single, bulk) = rounds;
        return
        [
            Measure.Of($"{when}calls refused when read, {Connections} connections", refused.PerSecond, "/s"),
            Measure.Of($"{when}calls refused when read, {Connections} connections, p99", refused.Timings.At(0.99), "ms"),
            Measure.Of($"{when}single triggers, {Connections} connections", single.PerSecond, "/s"),
            Measure.AtLeast($"{when}single triggers, {Connections} connections, share of the refused", single.PerSecond / refused.PerSecond, 0.5, ""),
            Measure.AtMost($"{when}single triggers, {Connections} connections, p99", single.Timings.At(0.99), 50, "ms"),
            Measure.Of($"{when}events in calls of {TriggerLoad.PerCall}, {BulkConnections} connections", TriggerLoad.PerCall * bulk.PerSecond, "/s"),
            Measure.AtLeast($"{when}events in calls of {TriggerLoad.PerCall}, as a multiple of single triggers", TriggerLoad.PerCall * bulk.PerSecond / single.PerSecond, 5, ""),
        ];
    }

    private static Sent Median(IEnumerable<Sent> rounds) => rounds.OrderBy(round => round.PerSecond).ElementAt(Rounds / 2);
}
