using Carillon.Data.Execution;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Triggering;

/// <summary>
/// Where large events go on. Environments take turns, a page each; so do the events of one environment, of which a few are under way at
/// once, so that whoever has many leaves room for whoever has one.
/// </summary>
public sealed class LargeExpander(IEngineStore store, PageBuilder pages, EngineRuntime engine, ILogger<LargeExpander> logger)
    : Expander(store, pages, engine, logger)
{
    private const int PerEnvironment = 4;

    protected override bool Large => true;

    protected override int PageSize => Options.PageSize;

    private protected override EventClaim Ask(Claim claim, string after) => new(claim, Large, after)
    {
        Each = PerEnvironment,
        Except = [.. UnderWay.CountBy(work => work.Event.EnvironmentId).Where(held => held.Value >= PerEnvironment).Select(held => held.Key)],
    };

    // Whoever had a page stands behind the others of its environment.
    private protected override IReadOnlyList<List<EventWork>> NextPages(IReadOnlyList<EventWork> underWay) =>
        [.. underWay.GroupBy(work => work.Event.EnvironmentId).Select(same => new List<EventWork> { same.MinBy(work => work.Pages)! })];
}
