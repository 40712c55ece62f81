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

    // For so many who send one gets ready.
    private const int Ahead = 2;

    // For so long what was looked at counts.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ReturnTimes _returns = new();
    private readonly HashSet<Turn> _turns = [];
    private int _waiting;
    private double? _seconds;

    // Not disposed: they never hand out a wait handle, so there is nothing to free.
    private SemaphoreSlim Door { get; } = new(atOnce + Math.Max(1, atOnce / Ahead));

    private SemaphoreSlim Places { get; } = new(atOnce);

    /// <summary>
    /// A place for what is wanted a moment before it is taken: some look while they wait for theirs, so that no place is empty meanwhile.
    /// Null when it is not wanted, too many wait already, or nobody made room for a while.
    /// </summary>
    public async ValueTask<Turn?> EnterAsync(Func<Task<bool>> isWanted, CancellationToken ct)
    {
        if (!await IsLetInAsync(ct)) return null;

        Turn? turn = null;
        try
        {
            return turn = await TakePlaceAsync(isWanted, ct);
        }
        finally
        {
            if (turn is null) Door.Release();
        }
    }

    private async ValueTask<bool> IsLetInAsync(CancellationToken ct)
    {
        if (Door.Wait(0, CancellationToken.None)) return true;

        try
        {
            return Interlocked.Increment(ref _waiting) <= Room && await WaitAsync(Door, ct);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<Turn?> TakePlaceAsync(Func<Task<bool>> isWanted, CancellationToken ct)
    {
        if (!await isWanted()) return null;

        var looked = clock.GetTimestamp();
        if (!await WaitAsync(Places, ct)) return null;

        var isStillWanted = false;
        try
        {
            isStillWanted = clock.GetElapsedTime(looked) <= Moment || await isWanted();
        }
        finally
        {
            if (!isStillWanted) Places.Release();
        }

        return isStillWanted ? Begin() : null;
    }

    private async ValueTask<bool> WaitAsync(SemaphoreSlim room, CancellationToken ct)
    {
        if (room.Wait(0, CancellationToken.None)) return true;

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            await room.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>How long to stay away, for who did not get in, where so many nodes have places.</summary>
    public TimeSpan NextPlace(double nodes)
    {
        lock (_lock) return _returns.Next(clock.GetUtcNow(), TimeSpan.FromSeconds(Expected / atOnce / nodes / Overbooking), Shortest);
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

    // How long a send takes: as lately, or as long as half of those under way have been at it already, where that is longer. Whoever hangs
    // says nothing of itself before its time is up, and all that waits would be looked at every second until then.
    private double Expected => Math.Max(_seconds ?? 0, _turns.Count == 0 ? 0 : _turns.Select(turn => turn.Lasts).Order().ElementAt(_turns.Count / 2).TotalSeconds);

    private Turn Begin()
    {
        var turn = new Turn(this);
        lock (_lock) _turns.Add(turn);
        return turn;
    }

    private void Leave(Turn turn)
    {
        lock (_lock)
        {
            _turns.Remove(turn);
            _seconds = _seconds is { } before ? before + ((turn.Lasts.TotalSeconds - before) * Novelty) : turn.Lasts.TotalSeconds;
        }

        Places.Release();
        Door.Release();
    }

    /// <summary>A place that was taken; disposing it gives it back.</summary>
    public sealed class Turn(SendGate gate) : IDisposable
    {
        private readonly long _since = gate.Clock.GetTimestamp();

        public TimeSpan Lasts => gate.Clock.GetElapsedTime(_since);

        public void Dispose() => gate.Leave(this);
    }

    private TimeProvider Clock => clock;
}
