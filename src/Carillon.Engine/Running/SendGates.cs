using System.Collections.Concurrent;
using Carillon.Data.Integrations;

namespace Carillon.Engine.Running;

/// <summary>
/// Bounds how many sends one integration has at once, and how many wait for it: a slow provider keeps its own sends waiting in the
/// database, and nobody else's.
/// </summary>
public sealed class SendGates(EngineOptions options, ClaimShare share, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, SendGate> _gates = [];

    internal SendGate Of(Integration integration) => _gates.GetOrAdd(
        integration.Id, _ => new(options.LimitsOf(integration.Identifier).AtOnce ?? options.SendsPerIntegration, clock));

    /// <summary>How long to stay away, for who did not get in: the other nodes have places too.</summary>
    internal TimeSpan NextPlace(SendGate gate) => gate.NextPlace(share.NodesServed);
}
