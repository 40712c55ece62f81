using System.Diagnostics;
using System.Globalization;
using Carillon.Driving;
using Carillon.Simulation;

namespace Carillon.Benchmarks;

/// <summary>
/// Lives of the engine among faults, as many as are asked for: <c>simulate --seeds 100000</c>, or <c>--seed 4711</c> for the life that
/// broke a promise; with <c>--store postgres</c> on a server.
/// </summary>
internal static class Simulate
{
    public const string Name = "simulate";

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var (first, count) = Option(args, "--seed") is { } seed ? (seed, Option(args, "--seeds") ?? 1) : (0, Option(args, "--seeds") ?? 10_000);
        var store = Text(args, "--store") is { } kind ? Enum.Parse<StoreKind>(kind, ignoreCase: true) : StoreKind.Sqlite;
        var bug = Text(args, "--bug") is { } planted ? Enum.Parse<PlantedBug>(planted, ignoreCase: true) : PlantedBug.None;
        var (watch, lived) = (Stopwatch.StartNew(), 0);
        var broken = await LifeSimulation.RunAsync(first, count, Option(args, "--at-once") ?? Environment.ProcessorCount, bug, store, lived: _ =>
        {
            if (Interlocked.Increment(ref lived) % 1_000 == 0) Console.Error.WriteLine(Figure(lived, watch));
        });
        Console.WriteLine(broken is null ? $"{Figure(lived, watch)}, no promise broken" : $"{broken} (again: ./bench {Name} --seed {broken.Seed})");
        return broken is null ? 0 : 1;
    }

    private static string Figure(int lived, Stopwatch watch) =>
        string.Create(CultureInfo.InvariantCulture, $"{lived:n0} lives in {watch.Elapsed.TotalSeconds:0} s, {Environment.CpuUsage.TotalTime.TotalSeconds:0} s of processor");

    private static int? Option(IReadOnlyList<string> args, string name) =>
        Text(args, name) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;

    private static string? Text(IReadOnlyList<string> args, string name) =>
        args.Index().FirstOrDefault(arg => arg.Item == name) is { Item: not null } found ? args[found.Index + 1] : null;
}
