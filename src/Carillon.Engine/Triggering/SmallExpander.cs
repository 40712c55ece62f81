using Carillon.Data.Execution;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Triggering;

/// <summary>
/// Where every event begins. Nobody can tell from a call how many a topic has, so one that is not over after a short page has shown that
/// it is large, and goes on among the large ones; nobody here ever waits behind more than a few short pages.
/// </summary>
public sealed class SmallExpander(IEngineStore store, PageBuilder pages, RightOfWay way, EngineRuntime engine, ILogger<SmallExpander> logger)
    : Expander(store, pages, engine, logger)
{
    protected override bool Large => false;

    protected override int PageSize => ShortPage;

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        using var turn = way.Take();
        return await base.TurnAsync(ct);
    }

    private protected override EventClaim Ask(Claim claim, string after) => new(claim, Large, after);

    // As many share a transaction as fit into a page.
    private protected override IReadOnlyList<List<EventWork>> NextPages(IReadOnlyList<EventWork> underWay)
    {
        List<List<EventWork>> groups = [];
        var recipients = int.MaxValue;
        foreach (var work in underWay)
        {
            var expected = Math.Min(work.Recipients.Expected, PageSize);
            if (recipients + (long)expected > Options.PageSize) (recipients, groups) = (0, [.. groups, []]);
            recipients += expected;
            groups[^1].Add(work);
        }

        return groups;
    }
}
