namespace Carillon.Engine.Triggering;

/// <summary>
/// Has large events give way to small ones in this process: while small ones are expanded, no page of a large one is begun. Each page waits
/// for one turn of theirs at most, so that large events go on however many small ones come.
/// </summary>
public sealed class RightOfWay
{
    private TaskCompletionSource? _taken;

    /// <summary>Ends when whoever has it now has returned it; at once where nobody has.</summary>
    public Task Free => Volatile.Read(ref _taken)?.Task ?? Task.CompletedTask;

    /// <summary>Until it is disposed. There is one loop that takes it, and one that gives way.</summary>
    public IDisposable Take()
    {
        Volatile.Write(ref _taken, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return new Turn(this);
    }

    private sealed class Turn(RightOfWay way) : IDisposable
    {
        public void Dispose() => Interlocked.Exchange(ref way._taken, null)?.SetResult();
    }
}
