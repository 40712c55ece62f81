using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Support;

/// <summary>
/// Time that a test moves, and that tells when somebody begins to wait for it again: a loop that rests has done its round.
/// </summary>
internal sealed class RoundClock() : FakeTimeProvider(DateTimeOffset.UtcNow)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _awaited = new();

    /// <summary>Moves on by the rest of a loop, and waits until the loop rests as long again.</summary>
    public async Task AdvanceAsync(TimeSpan rest, int times)
    {
        for (var round = 0; round < times; round++)
        {
            var rests = _awaited[rest] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Advance(rest);
            await rests.Task.WaitAsync(Patience);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (_awaited.TryRemove(dueTime, out var rests)) rests.TrySetResult();
        return timer;
    }
}
