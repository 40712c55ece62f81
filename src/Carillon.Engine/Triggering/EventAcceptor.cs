using System.Data.Common;
using System.Threading.Channels;
using Carillon.Data.Execution;

namespace Carillon.Engine.Triggering;

public enum Acceptance { Accepted, Repeated, Overloaded }

/// <summary>
/// Makes events durable. Concurrent callers share a transaction, and so one flush to disk; each hears back when its own event is
/// committed. The queue is bounded: a caller that finds it full is told so at once.
/// </summary>
public sealed class EventAcceptor(IEngineStore store, EngineRuntime runtime)
{
    private readonly Channel<Waiting> _queue =
        Channel.CreateBounded<Waiting>(new BoundedChannelOptions(runtime.Options.AcceptQueue) { SingleReader = true });

    /// <exception cref="DbException">The database did not take it; nothing was stored.</exception>
    public async Task<Acceptance> AcceptAsync(Event accepted, CancellationToken ct)
    {
        using var busy = runtime.Activity.Begin();
        var waiting = new Waiting(accepted);
        if (!_queue.Writer.TryWrite(waiting)) return Acceptance.Overloaded;

        var isNew = await waiting.Committed.Task.WaitAsync(ct);
        return isNew ? Acceptance.Accepted : Acceptance.Repeated;
    }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stop))
                await CommitAsync(TakeBatch());
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await CommitAsync(TakeBatch());
        }
    }

    private List<Waiting> TakeBatch()
    {
        var batch = new List<Waiting>();
        while (batch.Count < runtime.Options.AcceptBatch && _queue.Reader.TryRead(out var waiting))
            batch.Add(waiting);
        return batch;
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        if (batch.Count == 0) return;

        try
        {
            var isNew = await store.AcceptAsync([.. batch.Select(waiting => waiting.Event)], CancellationToken.None);
            runtime.Metrics.Accepted(isNew);
            runtime.Hints.TellEventsDue();
            for (var i = 0; i < batch.Count; i++)
                batch[i].Committed.SetResult(isNew[i]);
        }
        catch (DbException failure) when (batch.Count == 1 || failure.IsTransient)
        {
            foreach (var waiting in batch)
                waiting.Committed.SetException(failure);
        }
        catch (DbException)
        {
            // One of them is to blame, and only that one shall hear of it.
            foreach (var waiting in batch)
                await CommitAsync([waiting]);
        }
    }

    private sealed record Waiting(Event Event)
    {
        public TaskCompletionSource<bool> Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
