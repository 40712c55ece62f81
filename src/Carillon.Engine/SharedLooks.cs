using System.Diagnostics.CodeAnalysis;

namespace Carillon.Engine;

/// <summary>
/// Answers many who ask at the same time with one look. While one is under way, those who come gather for the next: what they are told is
/// never older than their question, and however many come at once, the database is asked by one at a time.
/// </summary>
public sealed class SharedLooks<TKey, TFound>(Func<IReadOnlyCollection<TKey>, Task<IReadOnlyDictionary<TKey, TFound>>> look)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private Task _underWay = Task.CompletedTask;
    private Look? _gathering;

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
        await next.Before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
