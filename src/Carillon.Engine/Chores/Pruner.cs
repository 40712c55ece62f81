using Carillon.Data.Execution;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Chores;

/// <summary>Removes what is over and older than its retention, a little at a time.</summary>
public sealed class Pruner(IEngineStore store, RetentionOptions retention, EngineRuntime engine, ILogger<Pruner> logger)
    : EngineLoop(engine, logger)
{
    private const int Limit = 500;
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromSeconds(1);

    private readonly EngineRuntime _engine = engine;

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        var now = _engine.Clock.GetUtcNow();
        var removed = await store.PruneAsync(Horizon(now), Limit, ct);
        return removed == 0 ? BetweenRounds : BetweenSteps;
    }

    private PruneHorizon Horizon(DateTimeOffset now) => new(
        now,
        Runs: now.AddDays(-retention.Notifications),
        InAppMessages: now.AddDays(-retention.InAppMessages),
        OtherMessages: now.AddDays(-retention.Messages),
        Events: now.AddDays(-Math.Max(retention.Notifications, Math.Max(retention.InAppMessages, retention.Messages))),
        Outgoing: now.AddDays(-retention.OutgoingEvents));
}
