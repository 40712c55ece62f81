using System.Security.Cryptography;
using Carillon.Data.Execution;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Running;

/// <summary>
/// Takes runs that have something to do and has it done, many at once. A claim is a lease: a run whose process dies becomes due
/// again by itself, and its next claim notes that an attempt was cut off.
/// </summary>
public sealed class Runner : EngineLoop
{
    private static readonly int Lanes = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly DueRuns _due;
    private readonly RunExecutor _executor;
    private readonly ClaimShare _share;
    private readonly EngineRuntime _engine;
    private CancellationToken _abort;
    private int _inFlight;

    public Runner(DueRuns due, RunExecutor executor, ClaimShare share, EngineRuntime engine, ILogger<Runner> logger) : base(engine, logger)
    {
        (_due, _executor, _share, _engine) = (due, executor, share, engine);
        engine.Hints.RunsDue += Wake;
    }

    /// <summary>Stops claiming at once, and gives what is on its way to a provider a while to arrive.</summary>
    public override async Task RunAsync(CancellationToken stop)
    {
        using var abort = new CancellationTokenSource();
        _abort = abort.Token;
        await base.RunAsync(stop);

        abort.CancelAfter(_engine.Options.DrainTime);
        await DrainAsync();
    }

    protected override async Task<TimeSpan> TurnAsync(CancellationToken ct)
    {
        var room = _engine.Options.RunsInFlight - Volatile.Read(ref _inFlight);
        if (room < WorthALook) return _engine.Options.LongestRest;

        var now = _engine.Clock.GetUtcNow();
        var claim = new Claim(RandomNumberGenerator.GetInt32(int.MaxValue), now, now + _engine.Options.Lease, room);
        var taken = await _due.TakeAsync(claim, ct);
        if (taken.Count == 0) return RestUntil(await _due.NextAsync(ct));

        _engine.Metrics.Claimed(taken.Count);
        _share.Add(taken.Count);
        await Task.WhenAll(taken.Chunk((taken.Count + Lanes - 1) / Lanes).Select(BeginAsync));
        return TimeSpan.Zero;
    }

    // What runs are about is read for all that are claimed together: looking for one at a time costs several times as much.
    private int WorthALook => Math.Max(1, _engine.Options.RunsInFlight / 8);

    private async Task DrainAsync()
    {
        while (true)
        {
            // Asked for before looking, so that an end in between is not missed.
            var changed = _engine.Activity.Changed;
            if (Volatile.Read(ref _inFlight) == 0) return;

            await changed;
        }
    }

    // One after another as far as their first wait: all at once, they would keep those that are on their way already waiting for a processor.
    private async Task BeginAsync((Run Run, RunSubject? Subject)[] lane)
    {
        foreach (var (run, subject) in lane)
            await _engine.Start(() => { _ = ExecuteAsync(run, subject); return Task.CompletedTask; });
    }

    private async Task ExecuteAsync(Run run, RunSubject? subject)
    {
        using var busy = _engine.Activity.Begin();
        Interlocked.Increment(ref _inFlight);
        await _executor.ExecuteAsync(run, subject, _abort);
        if (Interlocked.Decrement(ref _inFlight) == _engine.Options.RunsInFlight - WorthALook) Wake();
    }
}
