namespace Carillon.Simulation;

/// <summary>
/// All the turns of one process: whatever it wants to do next waits here until it is chosen. Of a process that was killed nothing is
/// ever chosen again, wherever it was.
/// </summary>
internal sealed class SimulatedThread(Random random) : TaskScheduler
{
    private readonly List<Task> _ready = [];

    public bool IsKilled { get; private set; }

    public bool HasTurns => _ready.Count > 0;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Takes any of the turns that wait.</summary>
    public void Turn()
    {
        var index = random.Next(_ready.Count);
        var task = _ready[index];
        _ready.RemoveAt(index);
        TryExecuteTask(task);
    }

    public void Kill()
    {
        IsKilled = true;
        _ready.Clear();
    }

    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public Task<T> Start<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    protected override void QueueTask(Task task)
    {
        if (!IsKilled) _ready.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
