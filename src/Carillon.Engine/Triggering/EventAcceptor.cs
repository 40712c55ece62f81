using System.Data.Common;
using System.Threading.Channels;
using Carillon.Data;
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

/// <summary>An event to be stored, and its workflow as it was seen before, where it has to stand so still.</summary>
public sealed record OfferedEvent(Event Event, TriggeredWorkflow? Seen = null);

/// <summary>
/// Makes events durable. Concurrent callers share a transaction, and so one flush to disk; each hears back when its own event is
/// committed. The queue is bounded: a caller that finds it full is told so at once.
/// </summary>
public sealed class EventAcceptor(IEngineStore store, Database database, EngineRuntime runtime)
{
    /// <summary>So many are worth a commit of their own while another is waited for; of fewer, two commits would each have too few.</summary>
    private const int Many = 100;

    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(runtime.Options.AcceptQueue);

    private readonly Channel<bool> _manyWait =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Answers in the order of the events, when each of them is committed or will not be.</summary>
    /// <exception cref="DbException">The database did not take one of them; that one was not stored.</exception>
    public async Task<IReadOnlyList<Acceptance>> AcceptAsync(IReadOnlyList<OfferedEvent> events, CancellationToken ct)
    {
        if (events.Count == 0) return [];

        using var busy = runtime.Activity.Begin();
        var call = new Call(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            if (!_queue.Writer.TryWrite(new(call, i, events[i]))) call.Tell(i, Acceptance.Overloaded);
        }

        if (_queue.Reader.Count >= Many) _manyWait.Writer.TryWrite(true);

        using var leaving = ct.UnsafeRegister(static (call, left) => ((Call)call!).Leave(left), call);
        return await call.Answers;
    }

    // The embedded store has one writer. Whoever commits all may not yield as long as something waits, so the other begins first.
    public Task RunAsync(CancellationToken stop) =>
        database.Kind == DatabaseKind.Sqlite ? CommitAllAsync(stop) : Task.WhenAll(CommitManyAsync(stop), CommitAllAsync(stop));

    private async Task CommitAllAsync(CancellationToken stop)
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

    private async Task CommitManyAsync(CancellationToken stop)
    {
        try
        {
            while (await _manyWait.Reader.WaitToReadAsync(stop))
            {
                _manyWait.Reader.TryRead(out _);
                if (_queue.Reader.Count >= Many) await CommitAsync(TakeBatch());
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The rest is committed by the other.
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
            // Nearly all have seen the very same; to compare what they hold would cost more than to ask for one of them twice.
            HashSet<TriggeredWorkflow> seen = new(
                batch.Select(waiting => waiting.Offered.Seen).OfType<TriggeredWorkflow>(), ReferenceEqualityComparer.Instance);
            if (await store.AcceptAsync([.. batch.Select(waiting => waiting.Offered.Event)], seen, CancellationToken.None) is { } isNew)
                Tell(batch, isNew);
            else
                await CommitWhatStandsAsync(batch, await StandingAsync(seen));
        }
        catch (DbException failure) when (batch.Count == 1 || failure.IsTransient)
        {
            foreach (var waiting in batch)
                waiting.Fail(failure);
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

        // Whom a thread wakes goes on there, and elsewhere only once nobody else waits; and this one goes on to wait for the next commit.
        _ = runtime.Start(() =>
        {
            for (var i = 0; i < batch.Count; i++)
                batch[i].Tell(isNew[i] ? Acceptance.Accepted : Acceptance.Repeated);
            return Task.CompletedTask;
        });
    }

    private async Task<HashSet<TriggeredWorkflow>> StandingAsync(IEnumerable<TriggeredWorkflow> seen) =>
        [.. await store.WorkflowsAsync([.. seen.Select(workflow => new EnvironmentRow(workflow.EnvironmentId, workflow.Identifier))], CancellationToken.None)];

    private async Task CommitWhatStandsAsync(List<Waiting> batch, HashSet<TriggeredWorkflow> standing)
    {
        var rest = batch.Where(waiting => waiting.Offered.Seen is not { } seen || standing.Contains(seen)).ToList();

        // What has been changed back meanwhile may go on changing; whoever saw it looks again.
        if (rest.Count == batch.Count) rest = [.. batch.Where(waiting => waiting.Offered.Seen is null)];
        foreach (var outdated in batch.Except(rest)) outdated.Tell(Acceptance.Outdated);
        await CommitAsync(rest);
    }

    private readonly record struct Waiting(Call Call, int Index, OfferedEvent Offered)
    {
        public void Tell(Acceptance answer) => Call.Tell(Index, answer);

        public void Fail(DbException failure) => Call.Fail(failure);
    }

    /// <summary>Events that came together; whoever brought them is woken once, when the last has its answer.</summary>
    private sealed class Call(int count)
    {
        private readonly TaskCompletionSource<IReadOnlyList<Acceptance>> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Acceptance[] _answers = new Acceptance[count];
        private int _unanswered = count;

        public Task<IReadOnlyList<Acceptance>> Answers => _told.Task;

        public void Tell(int index, Acceptance answer)
        {
            _answers[index] = answer;
            if (Interlocked.Decrement(ref _unanswered) == 0) _told.TrySetResult(_answers);
        }

        public void Fail(DbException failure) => _told.TrySetException(failure);

        /// <summary>Who brought them does not wait any longer; they are kept nevertheless.</summary>
        public void Leave(CancellationToken left) => _told.TrySetCanceled(left);
    }
}
