using System.Collections.Concurrent;
using Carillon.Driving;

namespace Carillon.Simulation;

/// <summary>A seed whose life broke a promise, and which.</summary>
public sealed record BrokenPromise(int Seed, string What)
{
    public override string ToString() => $"Seed {Seed}: {What}";
}

/// <summary>Many lives, each told by its seed. The same seed tells the same life again.</summary>
public static class LifeSimulation
{
    /// <summary>Lives them side by side, until all are lived or one broke a promise. Of several that did the one with the smallest seed is returned.</summary>
    public static async Task<BrokenPromise?> RunAsync(
        int first, int count, int atOnce, PlantedBug bug = PlantedBug.None, StoreKind store = StoreKind.Sqlite, Action<int>? lived = null, CancellationToken ct = default)
    {
        var broken = new ConcurrentBag<BrokenPromise>();
        var next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        return broken.MinBy(one => one.Seed);

        async Task WorkAsync()
        {
            await using var world = await World.MakeAsync(store);
            while (broken.IsEmpty && !ct.IsCancellationRequested && Interlocked.Increment(ref next) is var seed && seed < first + count)
            {
                if (await Life.RunAsync(world, seed, bug) is { } what) broken.Add(new(seed, what));
                lived?.Invoke(seed);
            }
        }
    }
}
