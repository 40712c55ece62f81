using Carillon.Data.Hints;

namespace Carillon.Engine;

/// <summary>What every loop of one engine shares: its limits, its clock, the hints between them, who is busy and what is counted.</summary>
public sealed record EngineRuntime(
    EngineOptions Options, IHints Hints, EngineActivity Activity, EngineMetrics Metrics, TimeProvider Clock);
