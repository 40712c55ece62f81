using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// Fan-out to a million recipients beside one to a tenth of them, in the same run. <c>CARILLON_BENCH_RECIPIENTS</c> says how many, where
/// it need not be so many.
/// </summary>
internal sealed class Millions(ThrowAwayStore store, ServerProcess server, Client client)
{
    private static readonly int Recipients = int.Parse(
        Environment.GetEnvironmentVariable("CARILLON_BENCH_RECIPIENTS") ?? "1000000", CultureInfo.InvariantCulture);

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await server.StartAsync();
        await client.SignUpAsync();
        var workflow = await client.CreateWorkflowAsync("Bench", new { type = "in_app", content = "Hello {{subscriber.firstName}}, your order {{order}} is on its way" });
        await Crowd.MakeAsync(store, client, Recipients, ("warm", Recipients / 100), ("some", Recipients / 10), ("all", Recipients));

        var fanOut = new FanOut(store, server, client, workflow);
        await fanOut.MeasureAsync("warm", Recipients / 100, rounds: 2);
        var some = await fanOut.MeasureAsync("some", Recipients / 10, rounds: 3);
        var all = await fanOut.MeasureAsync("all", Recipients, rounds: 1);
        return
        [
            .. some.Show(share: 0.4, growth: 100),
            .. all.Show(share: 0.4, growth: 100),
            Measure.AtLeast($"recipients a second of the {Recipients:N0} as a multiple of the {Recipients / 10:N0}'s", all.PerSecond / some.PerSecond, 0.95, ""),
        ];
    }
}
