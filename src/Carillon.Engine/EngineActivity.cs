namespace Carillon.Engine;

/// <summary>Knows whether the engine is in the middle of something, so that a drain can end and a test can wait without sleeping.</summary>
public sealed class EngineActivity
{
    private readonly Lock _lock = new();
    private int _busy;
    private TaskCompletionSource _changed = New();

    public bool IsBusy => Volatile.Read(ref _busy) > 0;

    /// <summary>Completes the next time something ends.</summary>
    public Task Changed
    {
        get { lock (_lock) return _changed.Task; }
    }

    public Piece Begin()
    {
        Interlocked.Increment(ref _busy);
        return new Piece(this);
    }

    private void End()
    {
        Interlocked.Decrement(ref _busy);
        TaskCompletionSource changed;
        lock (_lock) (changed, _changed) = (_changed, New());
        changed.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A piece of work under way; disposing it ends it.</summary>
    public sealed class Piece(EngineActivity activity) : IDisposable
    {
        private EngineActivity? _activity = activity;

        public void Dispose() => Interlocked.Exchange(ref _activity, null)?.End();
    }
}
