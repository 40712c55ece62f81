namespace Carillon.Data.Hints.Postgres;

/// <summary>Whom this node follows, by bucket; changes are to be noticed by whoever listens.</summary>
internal sealed class Followed(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<byte, HashSet<string>> _byBucket = [];
    private readonly Dictionary<byte, DateTimeOffset> _since = [];
    private TaskCompletionSource _changed = New();

    /// <summary>Completes when a bucket gets its first subscriber, or loses its last.</summary>
    public Task Changed
    {
        get { lock (_lock) return _changed.Task; }
    }

    public void Add(string subscriberId)
    {
        var bucket = Ids.BucketOf(subscriberId);
        lock (_lock)
        {
            if (!_byBucket.TryGetValue(bucket, out var there))
            {
                _byBucket[bucket] = there = [];
                _since[bucket] = clock.GetUtcNow();
                TellChanged();
            }

            there.Add(subscriberId);
        }
    }

    public void Remove(string subscriberId)
    {
        var bucket = Ids.BucketOf(subscriberId);
        lock (_lock)
        {
            if (!_byBucket.TryGetValue(bucket, out var there) || !there.Remove(subscriberId) || there.Count > 0) return;

            _byBucket.Remove(bucket);
            TellChanged();
        }
    }

    public IReadOnlySet<byte> Buckets()
    {
        lock (_lock) return _byBucket.Keys.ToHashSet();
    }

    /// <summary>Since when these have been followed without being listened to.</summary>
    public HintGap GapOf(IReadOnlyCollection<byte> buckets)
    {
        lock (_lock)
        {
            var there = buckets.Where(_byBucket.ContainsKey).ToList();
            return new(
                there.Count == 0 ? clock.GetUtcNow() : there.Min(bucket => _since[bucket]),
                [.. there.SelectMany(bucket => _byBucket[bucket])]);
        }
    }

    private void TellChanged()
    {
        _changed.TrySetResult();
        _changed = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
