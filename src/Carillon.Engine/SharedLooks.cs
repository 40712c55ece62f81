using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Carillon.Engine;

/// <summary>
/// Answers many who ask at the same time with one look. While one is under way, those who come gather for the next: what they are told is
/// never older than their question, and however many come at once, the database is asked by one at a time, and where there is to be a
/// <paramref name="pause"/> from one question to the next, not more often. Who comes alone never waits.
/// </summary>
public sealed class SharedLooks<TKey, TFound>(Func<IReadOnlyCollection<TKey>, Task<IReadOnlyDictionary<TKey, TFound>>> look, TimeSpan pause = default)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private Task _underWay = Task.CompletedTask;
    private Look? _gathering;
    private long _began;

    /// <summary>What was found, also for others who asked.</summary>
    public Task<IReadOnlyDictionary<TKey, TFound>> FindAsync(params IEnumerable<TKey> keys)
    {
        Look joined;
        bool isFirst;
        lock (_lock)
        {
            isFirst = _gathering is null;
            joined = _gathering ??= new(_underWay);
            joined.Keys.UnionWith(keys);
        }

        if (isFirst) _ = RunAsync(joined);
        return joined.Found.Task;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whoever shares the look hears of it.")]
    private async Task RunAsync(Look next)
    {
        await next.Before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        // What the database is spared is real time, also where the application's clock is set by a test.
        if (pause - Stopwatch.GetElapsedTime(_began) is { Ticks: > 0 } rest) await Task.Delay(rest, TimeProvider.System);
        _began = Stopwatch.GetTimestamp();
        lock (_lock) (_gathering, _underWay) = (null, next.Found.Task);
        try
        {
            next.Found.SetResult(await look(next.Keys));
        }
        catch (Exception failure)
        {
            next.Found.SetException(failure);
        }
    }

    private sealed record Look(Task Before)
    {
        public HashSet<TKey> Keys { get; } = [];

        public TaskCompletionSource<IReadOnlyDictionary<TKey, TFound>> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
