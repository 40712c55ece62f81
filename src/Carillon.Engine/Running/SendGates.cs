using System.Threading.RateLimiting;

namespace Carillon.Engine.Running;

/// <summary>
/// Bounds how many sends one integration has at once, and how many wait for it: a slow provider keeps its own sends waiting in the
/// database, and nobody else's.
/// </summary>
public sealed class SendGates(EngineOptions options) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<string> _gates = PartitionedRateLimiter.Create<string, string>(integrationId =>
        RateLimitPartition.GetConcurrencyLimiter(integrationId, _ => new()
        {
            PermitLimit = options.SendsPerIntegration,
            QueueLimit = options.SendsPerIntegration * 4,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));

    /// <summary>Waits for a turn; the lease is not acquired when too many wait already.</summary>
    public ValueTask<RateLimitLease> EnterAsync(string integrationId, CancellationToken ct) =>
        _gates.AcquireAsync(integrationId, permitCount: 1, ct);

    public ValueTask DisposeAsync() => _gates.DisposeAsync();
}
