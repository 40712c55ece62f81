using System.Diagnostics;
using System.Globalization;
using Carillon.Contract.Databases;
using Carillon.Tests.Support;

namespace Carillon.Contract.Simulation;

/// <summary>Thousands of lives of digests, each told by a seed. A seed that breaks a promise is named and breaks it again.</summary>
public sealed class SimulationTests(MemoryDatabase database) : IClassFixture<MemoryDatabase>
{
    private const int MostSeeds = 3_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Whatever_fails_and_whenever_each_event_is_said_once_in_order_and_not_early()
    {
        var watch = Stopwatch.StartNew();
        var seeds = 0;
        for (; seeds < MostSeeds && watch.Elapsed < Patience; seeds++)
        {
            var broken = await new DigestSimulation(database, seeds, closesLate: false).RunAsync();
            Assert.True(broken is null, $"Seed {seeds}: {broken}");
        }

        Figures.Write("simulation", string.Create(CultureInfo.InvariantCulture, $"{seeds:n0} seeds of the digest simulation without a broken promise"));
    }

    [Fact]
    public async Task A_planted_bug_is_found_and_its_seed_finds_it_again()
    {
        await using var again = new MemoryDatabase();
        await again.InitializeAsync();
        var guilty = -1;
        for (var seed = 0; seed < 1_000 && guilty < 0; seed++)
        {
            if (await new DigestSimulation(database, seed, closesLate: true).RunAsync() is not null) guilty = seed;
        }

        Assert.InRange(guilty, 0, 999);
        Assert.NotNull(await new DigestSimulation(again, guilty, closesLate: true).RunAsync());
    }
}
