using System.Diagnostics;
using System.Globalization;
using Carillon.Driving;
using Carillon.Simulation;
using Carillon.Tests.Support;

namespace Carillon.Contract.Simulation;

/// <summary>
/// Thousands of lives of the whole engine, each told by a seed. A seed that breaks a promise is named, and
/// <c>./bench simulate --seed S</c> tells its life again.
/// </summary>
public sealed class SimulationTests
{
    private const int MostSeeds = 3_000;
    private const int LeastSeeds = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(32);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_fails_and_whenever_every_promise_is_kept()
    {
        var (watch, lived) = (Stopwatch.StartNew(), 0);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        enough.CancelAfter(Patience);

        var broken = await LifeSimulation.RunAsync(0, MostSeeds, Environment.ProcessorCount, lived: _ => Interlocked.Increment(ref lived), ct: enough.Token);

        Assert.True(broken is null, broken?.ToString());
        Assert.InRange(lived, LeastSeeds, MostSeeds);
        Figures.Write("simulation", string.Create(
            CultureInfo.InvariantCulture, $"{lived:n0} lives of the engine among faults without a broken promise, {watch.Elapsed.TotalSeconds:0} s"));
    }

    [Theory]
    [InlineData(PlantedBug.ClosesLate)]
    [InlineData(PlantedBug.SendsWhatWasCancelled)]
    [InlineData(PlantedBug.WritesWithoutItsClaim)]
    [InlineData(PlantedBug.ComesEarly)]
    public async Task A_planted_bug_is_found_and_its_seed_finds_it_again(PlantedBug bug)
    {
        var found = await LifeSimulation.RunAsync(0, 1_000, Environment.ProcessorCount, bug, ct: Ct);

        Assert.NotNull(found);
        Assert.Equal(found, await LifeSimulation.RunAsync(found.Seed, 1, 1, bug, ct: Ct));
    }

    // What a server answers is waited for, so that a few lives take seconds.
    [Fact]
    public async Task On_a_server_every_promise_is_kept_too() => Assert.Null(await LifeSimulation.RunAsync(0, 6, 2, store: StoreKind.Postgres, ct: Ct));
}
