using System.Collections.Concurrent;

namespace Carillon.Server.Http.RateLimits;

/// <summary>The buckets of all environments and users. Idle ones are full, so forgetting them changes nothing but memory.</summary>
internal sealed class TokenBuckets(TimeProvider clock)
{
    private const int SweepAbove = 10_000;

    private readonly ConcurrentDictionary<(string OwnerId, RateCategory Category), TokenBucket> _buckets = new();
    private long _nextSweep;

    public Draw Take(string ownerId, RateCategory category, int perSecond, int cost)
    {
        var now = clock.GetUtcNow();
        Sweep(now);
        return _buckets.GetOrAdd((ownerId, category), static (_, made) => new(made.perSecond, made.now), (perSecond, now)).Take(cost, now);
    }

    // At most once in a window, by whoever comes first.
    private void Sweep(DateTimeOffset now)
    {
        var due = Volatile.Read(ref _nextSweep);
        if (_buckets.Count <= SweepAbove || now.UtcTicks < due) return;
        if (Interlocked.CompareExchange(ref _nextSweep, now.AddSeconds(TokenBucket.WindowSeconds).UtcTicks, due) != due) return;

        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsIdle(now)) _buckets.TryRemove(key, out _);
        }
    }
}
