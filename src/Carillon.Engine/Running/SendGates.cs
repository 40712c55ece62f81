using System.Threading.RateLimiting;
using Carillon.Data.Integrations;

namespace Carillon.Engine.Running;

/// <summary>
/// Bounds how many sends one integration has at once, and how many wait for it: a slow provider keeps its own sends waiting in the
/// database, and nobody else's.
/// </summary>
public sealed class SendGates(EngineOptions options) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<Gate> _gates = PartitionedRateLimiter.Create<Gate, string>(gate =>
        RateLimitPartition.GetConcurrencyLimiter(gate.Key, _ => new()
        {
            PermitLimit = gate.AtOnce,
            QueueLimit = gate.AtOnce * 4,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));

    /// <summary>Waits for a turn; the lease is not acquired when too many wait already.</summary>
    public ValueTask<RateLimitLease> EnterAsync(string key, CancellationToken ct) => EnterAsync(new Gate(key, options.SendsPerIntegration), ct);

    internal ValueTask<RateLimitLease> EnterAsync(Integration integration, CancellationToken ct) =>
        EnterAsync(new Gate(integration.Id, options.LimitsOf(integration.Identifier).AtOnce ?? options.SendsPerIntegration), ct);

    public ValueTask DisposeAsync() => _gates.DisposeAsync();

    private ValueTask<RateLimitLease> EnterAsync(Gate gate, CancellationToken ct) => _gates.AcquireAsync(gate, permitCount: 1, ct);

    private sealed record Gate(string Key, int AtOnce);
}
