using System.Threading.RateLimiting;

namespace Carillon.Engine.Running;

/// <summary>Bounds how many calls one host of an application gets at once, and how many wait for it.</summary>
public sealed class HostGates(EngineOptions options) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<string> _gates = PartitionedRateLimiter.Create<string, string>(host =>
        RateLimitPartition.GetConcurrencyLimiter(host, _ => new()
        {
            PermitLimit = options.SendsPerIntegration,
            QueueLimit = options.SendsPerIntegration * 4,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));

    /// <summary>Waits for a turn; the lease is not acquired when too many wait already.</summary>
    public ValueTask<RateLimitLease> EnterAsync(string key, CancellationToken ct) => _gates.AcquireAsync(key, permitCount: 1, ct);

    public ValueTask DisposeAsync() => _gates.DisposeAsync();
}
