namespace Carillon.Engine.Running;

/// <summary>
/// One integration's places. Only as many wait for one as will soon have it, because whoever waits here takes room from others; the
/// rest stay in the database, and are told when to come back by how long sends have taken lately.
/// </summary>
internal sealed class SendGate(int atOnce, TimeProvider clock)
{
    private const int UsualRounds = 4;
    private const int MostRounds = 20;
    private const double WorthWaitingFor = 0.5;

    // A little more than fits comes back, so that no place stays empty.
    private const double Overbooking = 1.25;
    private const double Novelty = 0.1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ReturnTimes _returns = new();
    private int _waiting;
    private double? _seconds;

    // Not disposed: it never hands out a wait handle, so there is nothing to free.
    private SemaphoreSlim Places { get; } = new(atOnce);

    /// <summary>Null when too many wait already, or nobody made room for a while.</summary>
    public async ValueTask<Turn?> EnterAsync(CancellationToken ct)
    {
        if (Places.Wait(0, CancellationToken.None)) return new(this);

        try
        {
            return Interlocked.Increment(ref _waiting) <= Room && await HasPlaceAsync(ct) ? new(this) : null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<bool> HasPlaceAsync(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            await Places.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>How long to stay away, for who did not get in.</summary>
    public TimeSpan NextPlace()
    {
        lock (_lock) return _returns.Next(clock.GetUtcNow(), TimeSpan.FromSeconds((_seconds ?? 0) / atOnce / Overbooking), Shortest);
    }

    private int Room
    {
        get
        {
            lock (_lock)
            {
                var rounds = _seconds is { } seconds ? WorthWaitingFor / Math.Max(seconds, 0.001) : UsualRounds;
                return (int)(atOnce * Math.Clamp(rounds, 1, MostRounds));
            }
        }
    }

    private void Leave(TimeSpan took)
    {
        lock (_lock) _seconds = _seconds is { } before ? before + ((took.TotalSeconds - before) * Novelty) : took.TotalSeconds;
        Places.Release();
    }

    /// <summary>A place that was taken; disposing it gives it back.</summary>
    public sealed class Turn(SendGate gate) : IDisposable
    {
        private readonly long _since = gate.Clock.GetTimestamp();

        public void Dispose() => gate.Leave(gate.Clock.GetElapsedTime(_since));
    }

    private TimeProvider Clock => clock;
}
