using System.Collections.Concurrent;
using Carillon.Data.Integrations;
using Carillon.Providers;

namespace Carillon.Engine.Running;

/// <summary>Which integrations are left alone for a while. Each process finds out for itself, by what its own calls come to.</summary>
public sealed class Circuits(EngineOptions options, ClaimShare share, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (string ProviderId, Circuit Circuit)> _circuits = [];

    /// <summary>The providers of those that failed again and again.</summary>
    public IReadOnlyList<string> BrokenProviders =>
        [.. _circuits.Values.Where(known => known.Circuit.IsBroken).Select(known => known.ProviderId).Distinct().Order(StringComparer.Ordinal)];

    internal Standstill? Ask(Integration integration) => Of(integration).Ask(clock.GetUtcNow());

    internal void Tell(Integration integration, SendResult result) => Of(integration).Tell(result, clock.GetUtcNow());

    private Circuit Of(Integration integration) => _circuits.GetOrAdd(
        integration.Id,
        _ => (integration.ProviderId, new(options, options.LimitsOf(integration.Identifier).PerSecond ?? 0, () => share.NodesServed))).Circuit;
}
