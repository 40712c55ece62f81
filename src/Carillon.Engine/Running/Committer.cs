using System.Threading.Channels;
using Carillon.Data.Execution;
using Carillon.Data.Outgoing;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Running;

/// <summary>
/// Writes what became of claimed runs, many in one transaction. What has been sent is never forgotten while the process lives:
/// a commit that fails is tried until it works, and the fencing decides whether it still counts.
/// </summary>
public sealed partial class Committer : EngineLoop
{
    private const int Batch = 256;

    private readonly IEngineStore _store;
    private readonly DeadDevices _devices;
    private readonly EngineRuntime _engine;
    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private readonly List<Pending> _batch = [];

    public Committer(IEngineStore store, DeadDevices devices, EngineRuntime engine, ILogger<Committer> logger) : base(engine, logger) =>
        (_store, _devices, _engine) = (store, devices, engine);

    /// <summary>Completes when the run has been written, or turned out to be somebody else's.</summary>
    internal async Task CommitAsync(RunWork work)
    {
        var pending = new Pending(work);
        _queue.Writer.TryWrite(pending);
        Wake();
        await pending.Written.Task;
        await _devices.RemoveAsync(work);
    }

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        Fill();
        if (_batch.Count == 0) return Timeout.InfiniteTimeSpan;

        IReadOnlyList<RunNews> news = [.. _batch.SelectMany(pending => pending.Work.News)];
        await _store.CommitRunsAsync(
            new(
                _engine.Clock.GetUtcNow(),
                [.. _batch.Select(pending => pending.Work.Run)],
                [.. _batch.SelectMany(pending => pending.Work.Messages)])
            {
                Gatherings = [.. _batch.Select(pending => pending.Work.Gathering).OfType<Gathering>()],
                News = news,
            },
            ct);

        _engine.Metrics.Committed(_batch.Count);
        if (_batch.Exists(pending => pending.Work.Run.DueAt is not null)) _engine.Hints.TellRunsDue();
        if (news.Count > 0) _engine.Hints.TellOutgoingDue();
        foreach (var message in _batch.SelectMany(pending => pending.Work.Messages))
            _engine.Hints.TellMessage(message);
        _batch.ForEach(pending => pending.Written.SetResult());
        _batch.Clear();
        return TimeSpan.Zero;
    }

    // A run that was taken again while its first commit was held up is written on its own: what the lost claim says must not pass for the
    // other's.
    private void Fill()
    {
        var runs = _batch.Select(pending => pending.Work.Run.Id).ToHashSet();
        while (_batch.Count < Batch && _queue.Reader.TryPeek(out var next) && runs.Add(next.Work.Run.Id) && _queue.Reader.TryRead(out var pending))
            _batch.Add(pending);
    }

    private sealed record Pending(RunWork Work)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
