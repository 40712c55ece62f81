using Carillon.Data.Execution;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Chores;

/// <summary>Looks now and then how late the engine is, for those who watch it.</summary>
public sealed class LagWatch(IEngineStore store, EngineRuntime engine, ILogger<LagWatch> logger) : EngineLoop(engine, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly EngineRuntime _engine = engine;

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        _engine.Metrics.Looked(await store.NextDueAsync(ct), _engine.Clock.GetUtcNow());
        return Interval;
    }
}
