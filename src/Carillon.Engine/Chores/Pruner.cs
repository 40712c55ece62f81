using System.ComponentModel.DataAnnotations;
using Carillon.Data.Execution;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Chores;

/// <summary>How long what is over is kept, in days. What still waits is kept however long it waits.</summary>
public sealed class RetentionOptions
{
    [Range(1, 36_500)]
    public int RunDays { get; init; } = 30;

    [Range(1, 36_500)]
    public int InAppMessageDays { get; init; } = 365;

    [Range(1, 36_500)]
    public int OtherMessageDays { get; init; } = 30;
}

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
        Runs: now.AddDays(-retention.RunDays),
        InAppMessages: now.AddDays(-retention.InAppMessageDays),
        OtherMessages: now.AddDays(-retention.OtherMessageDays),
        Events: now.AddDays(-Math.Max(retention.RunDays, Math.Max(retention.InAppMessageDays, retention.OtherMessageDays))));
}
