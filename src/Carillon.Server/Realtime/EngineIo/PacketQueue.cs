namespace Carillon.Server.Realtime.EngineIo;

/// <summary>What waits to go out over one connection, in order and up to a limit. There are many, and most are empty: then they hold nothing.</summary>
internal sealed class PacketQueue(int most)
{
    private readonly Lock _lock = new();
    private Queue<ReadOnlyMemory<byte>>? _waiting;
    private TaskCompletionSource<bool>? _awaited;
    private bool _isComplete;

    /// <summary>False when it is full, or complete.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> packet)
    {
        lock (_lock)
        {
            if (_isComplete || _waiting?.Count >= most) return false;

            (_waiting ??= new()).Enqueue(packet);
            Release(hasMore: true);
            return true;
        }
    }

    /// <summary>What waits goes out still; nothing is added any more.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            Release(hasMore: false);
        }
    }

    /// <summary>True when there is something to take, false when there never will be.</summary>
    public Task<bool> WaitAsync()
    {
        lock (_lock)
        {
            if (_waiting is not null) return Task.FromResult(true);
            return _isComplete ? Task.FromResult(false) : (_awaited ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public bool TryTake(out ReadOnlyMemory<byte> packet)
    {
        lock (_lock)
        {
            packet = default;
            if (_waiting?.TryDequeue(out packet) != true) return false;

            if (_waiting.Count == 0) _waiting = null;
            return true;
        }
    }

    private void Release(bool hasMore)
    {
        _awaited?.TrySetResult(hasMore);
        _awaited = null;
    }
}
