namespace Carillon.Engine;

/// <summary>Knows whether the engine is in the middle of something, so that a drain can end and a test can wait without sleeping.</summary>
public sealed class EngineActivity
{
    private int _busy;
    private TaskCompletionSource? _changed;

    public bool IsBusy => Volatile.Read(ref _busy) > 0;

    /// <summary>Completes the next time something ends.</summary>
    public Task Changed
    {
        get
        {
            var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _changed, fresh, null) ?? fresh).Task;
        }
    }

    public Piece Begin()
    {
        Interlocked.Increment(ref _busy);
        return new Piece(this);
    }

    private void End()
    {
        Interlocked.Decrement(ref _busy);
        Interlocked.Exchange(ref _changed, null)?.SetResult();
    }

    /// <summary>A piece of work under way; disposing it ends it.</summary>
    public sealed class Piece(EngineActivity activity) : IDisposable
    {
        private EngineActivity? _activity = activity;

        public void Dispose() => Interlocked.Exchange(ref _activity, null)?.End();
    }
}
