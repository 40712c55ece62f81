using Carillon.Contract.Description;
using Carillon.Tests.Support;

namespace Carillon.Contract.Exchanges;

/// <summary>
/// What was recorded of a running original is answered alike by a whole server here, but for what <c>differences.json</c> lists.
/// Everything that differs, listed or not, is written to <c>artifacts/replay</c>, a file for each section.
/// </summary>
public sealed class ReplayTests(ReplayTests.Replays replays) : IClassFixture<ReplayTests.Replays>
{
    public static TheoryData<string> Sections => [.. Exchange.Sections];

    [Theory, MemberData(nameof(Sections))]
    public void Answers_are_as_recorded_or_their_difference_is_listed(string section)
    {
        var unlisted = replays.Of(section).SelectMany(replayed => replayed.Own).Where(difference => replays.List.Find(difference) is null).ToList();

        Assert.True(unlisted.Count == 0, $"{unlisted.Count} differences on no list; see artifacts/replay/{section}.txt\n"
            + string.Join('\n', unlisted.Take(20).Select(difference => $"{difference.Exchange}\n    {difference}")));
    }

    [Fact]
    public void Everything_listed_still_differs()
    {
        var differences = replays.All.SelectMany(replayed => replayed.Own).ToList();

        var stale = replays.List.Differences.Where(listed => !listed.Sometimes && !differences.Any(listed.Covers)).ToList();
        Assert.True(stale.Count == 0, "Listed, and no longer so:\n" + string.Join('\n', stale));
    }

    [Fact]
    public void Every_detour_is_taken() =>
        Assert.All(replays.List.Detours, detour => Assert.Contains(replays.All, replayed => detour.IsFor(replayed.Exchange)));

    [Fact]
    public void Every_operation_of_the_contract_was_recorded()
    {
        var recorded = replays.All.Select(replayed => OperationTable.OperationOf(replayed.Exchange)).ToHashSet();

        Assert.Equal(105, Operation.Contract.Count);
        Assert.All(Operation.Contract.Keys, operation => Assert.Contains(operation, recorded));
    }

    [Fact]
    public void The_page_of_the_contract_says_what_the_replay_found()
    {
        var found = OperationPage.Of(replays);
        if (File.Exists(OperationPage.Path) && File.ReadAllText(OperationPage.Path) == found) return;

        var fresh = Repository.Folder("artifacts", "contract.md");
        File.WriteAllText(fresh, found);
        Assert.Fail($"docs/contract.md is out of date; what it should say is in {fresh}.");
    }

    [Fact]
    public void Every_heading_says_why() =>
        Assert.DoesNotContain(replays.List.Differences, listed => !replays.List.Headings.ContainsKey(listed.Heading));

    /// <summary>Every story, replayed once for all tests.</summary>
    public sealed class Replays : IAsyncLifetime
    {
        internal DifferenceList List { get; } = DifferenceList.Read();

        internal IReadOnlyList<Replayed> All { get; private set; } = [];

        internal IEnumerable<Replayed> Of(string section) => All.Where(replayed => replayed.Exchange.Section == section);

        /// <summary>All but what is answered otherwise on purpose, or by something that is not there.</summary>
        internal IEnumerable<Replayed> MeantAlike => All.Where(replayed => replayed.Own.All(difference => List.Find(difference)?.Heading == DifferenceList.SaidDifferently));

        public async ValueTask InitializeAsync()
        {
            var replays = await Task.WhenAll(Story.All.Select(story => Replay.OfAsync(story, List.Detours)));
            All = [.. replays.SelectMany(replay => replay).Where(replayed => !replayed.Exchange.Setup)];
            Report.Write(this);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
