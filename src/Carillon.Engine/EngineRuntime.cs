using Carillon.Data.Hints;

namespace Carillon.Engine;

/// <summary>What every loop of one engine shares: its limits, its clock, the hints between them and who is busy.</summary>
public sealed record EngineRuntime(EngineOptions Options, IHints Hints, EngineActivity Activity, TimeProvider Clock);
