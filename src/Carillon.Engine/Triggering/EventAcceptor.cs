using System.Data.Common;
using System.Threading.Channels;
using Carillon.Data.Execution;

namespace Carillon.Engine.Triggering;

public enum Acceptance
{
    Accepted,
    Repeated,
    Overloaded,

    /// <summary>Its workflow does not stand any more as it was seen; nothing was stored.</summary>
    Outdated,
}

/// <summary>
/// Makes events durable. Concurrent callers share a transaction, and so one flush to disk; each hears back when its own event is
/// committed. The queue is bounded: a caller that finds it full is told so at once.
/// </summary>
public sealed class EventAcceptor(IEngineStore store, EngineRuntime runtime)
{
    private readonly Channel<Waiting> _queue =
        Channel.CreateBounded<Waiting>(new BoundedChannelOptions(runtime.Options.AcceptQueue) { SingleReader = true });

    /// <summary>Accepts an event of a workflow that was looked up for it.</summary>
    public Task<Acceptance> AcceptAsync(Event accepted, CancellationToken ct) => AcceptAsync(accepted, null, ct);

    /// <summary>Accepts an event if its workflow still stands as it was <paramref name="seen"/> before.</summary>
    /// <exception cref="DbException">The database did not take it; nothing was stored.</exception>
    public async Task<Acceptance> AcceptAsync(Event accepted, TriggeredWorkflow? seen, CancellationToken ct)
    {
        using var busy = runtime.Activity.Begin();
        var waiting = new Waiting(accepted, seen);
        return _queue.Writer.TryWrite(waiting) ? await waiting.Answer.Task.WaitAsync(ct) : Acceptance.Overloaded;
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
            var seen = batch.Select(waiting => waiting.Seen).OfType<TriggeredWorkflow>().Distinct().ToList();
            if (await store.AcceptAsync([.. batch.Select(waiting => waiting.Event)], seen, CancellationToken.None) is { } isNew)
                Tell(batch, isNew);
            else
                await CommitWhatStandsAsync(batch, await StandingAsync(seen));
        }
        catch (DbException failure) when (batch.Count == 1 || failure.IsTransient)
        {
            foreach (var waiting in batch)
                waiting.Answer.SetException(failure);
        }
        catch (DbException)
        {
            // One of them is to blame, and only that one shall hear of it.
            foreach (var waiting in batch)
                await CommitAsync([waiting]);
        }
    }

    private void Tell(List<Waiting> batch, IReadOnlyList<bool> isNew)
    {
        runtime.Metrics.Accepted(isNew);
        runtime.Hints.TellEventsDue();
        for (var i = 0; i < batch.Count; i++)
            batch[i].Answer.SetResult(isNew[i] ? Acceptance.Accepted : Acceptance.Repeated);
    }

    private async Task<HashSet<TriggeredWorkflow>> StandingAsync(IEnumerable<TriggeredWorkflow> seen) =>
        [.. await store.WorkflowsAsync([.. seen.Select(workflow => new EnvironmentRow(workflow.EnvironmentId, workflow.Identifier))], CancellationToken.None)];

    private async Task CommitWhatStandsAsync(List<Waiting> batch, HashSet<TriggeredWorkflow> standing)
    {
        var rest = batch.Where(waiting => waiting.Seen is null || standing.Contains(waiting.Seen)).ToList();

        // What has been changed back meanwhile may go on changing; whoever saw it looks again.
        if (rest.Count == batch.Count) rest = [.. batch.Where(waiting => waiting.Seen is null)];
        foreach (var outdated in batch.Except(rest)) outdated.Answer.SetResult(Acceptance.Outdated);
        await CommitAsync(rest);
    }

    private sealed class Waiting(Event accepted, TriggeredWorkflow? seen)
    {
        public Event Event => accepted;

        public TriggeredWorkflow? Seen => seen;

        public TaskCompletionSource<Acceptance> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
