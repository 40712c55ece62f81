using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine;

/// <summary>
/// One of the engine's endless chores. A turn does one bounded batch and says how long to rest; <see cref="Wake"/> cuts the rest
/// short. A turn that throws is logged and tried again, later each time: the loop is a boundary, nothing gets past it.
/// </summary>
public abstract partial class EngineLoop(EngineRuntime runtime, ILogger logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // Room for one: however often it is woken while it works, one more turn sees everything.
    private readonly Channel<bool> _wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private int _failures;

    public void Wake() => _wake.Writer.TryWrite(true);

    public virtual async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var rest = await TurnOrPauseAsync(stop);
            if (rest != TimeSpan.Zero) await RestAsync(rest, stop);
        }
    }

    /// <summary>Does one batch of work and returns how long to rest; zero when more is waiting.</summary>
    protected abstract Task<TimeSpan> TurnAsync(CancellationToken ct);

    /// <summary>The rest until something is due; none when it has become due in the meantime, and never long.</summary>
    protected TimeSpan RestUntil(DateTimeOffset? due)
    {
        var rest = due - runtime.Clock.GetUtcNow() ?? runtime.Options.LongestRest;
        if (rest < TimeSpan.Zero) return TimeSpan.Zero;
        return rest < runtime.Options.LongestRest ? rest : runtime.Options.LongestRest;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The loop is a boundary: it must outlive whatever a turn throws.")]
    private async Task<TimeSpan> TurnOrPauseAsync(CancellationToken stop)
    {
        using var busy = runtime.Activity.Begin();
        try
        {
            var rest = await TurnAsync(stop);
            _failures = 0;
            return rest;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (Exception failure)
        {
            var pause = TimeSpan.FromMilliseconds(Math.Min(100 * Math.Pow(2, _failures++), LongestPause.TotalMilliseconds));
            Log.TurnFailed(logger, GetType().Name, pause, failure);
            return pause;
        }
    }

    private async Task RestAsync(TimeSpan rest, CancellationToken stop)
    {
        using var timeUp = new CancellationTokenSource(rest, runtime.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, stop);

        try { await _wake.Reader.ReadAsync(either.Token); }
        catch (OperationCanceledException) { /* rested, or stopping */ }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Chore} failed and will try again in {Pause}.")]
        public static partial void TurnFailed(ILogger logger, string chore, TimeSpan pause, Exception failure);
    }
}
