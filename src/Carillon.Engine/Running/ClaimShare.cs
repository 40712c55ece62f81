using Carillon.Data.Hints;

namespace Carillon.Engine.Running;

/// <summary>
/// How nodes share the claims of runs lately. What one of them puts back until there is room comes to all of them: whoever claims most has
/// to have it come back at a pace for all, or the others run dry; where all claim alike, each does so at its own.
/// </summary>
public sealed class ClaimShare
{
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(10);

    /// <summary>A node that has claimed nothing for so long is taken for gone.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenTellings = TimeSpan.FromMilliseconds(100);

    private readonly IHints _hints;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Tally> _others = [];
    private Tally _own;
    private int _untold;
    private long _told;

    public ClaimShare(IHints hints, TimeProvider clock)
    {
        (_hints, _clock) = (hints, clock);
        _hints.RunsClaimed += Hear;
    }

    /// <summary>
    /// At how many nodes' pace what this one puts back shall come back: one where it claims its part or less, nearly all of them where it claims
    /// nearly everything. Rather too quick than too slow: who comes too early is put back once more, and who comes too late leaves a place empty.
    /// </summary>
    public double NodesServed
    {
        get
        {
            lock (_lock)
            {
                var others = _others.Values.Where(IsThere).ToList();
                var (own, all) = (Now(_own), Now(_own) + others.Sum(Now));
                return others.Count == 0 || all == 0 ? 1 : Math.Max(1, own / all * (1 + others.Count));
            }
        }
    }

    /// <summary>This node has claimed so many.</summary>
    public void Add(int count)
    {
        if (TakeUntold(count) is > 0 and var untold) _hints.TellRunsClaimed(untold);
    }

    // Not every time: hundreds of claims a second may be made.
    private int TakeUntold(int more)
    {
        lock (_lock)
        {
            _own = Plus(_own, more);
            _untold += more;
            if (_clock.GetElapsedTime(_told) < BetweenTellings) return 0;

            var untold = _untold;
            (_untold, _told) = (0, _clock.GetTimestamp());
            return untold;
        }
    }

    private void Hear(RunsClaimed claimed)
    {
        lock (_lock)
        {
            _others[claimed.Node] = Plus(_others.GetValueOrDefault(claimed.Node), claimed.Count);
            foreach (var (gone, _) in _others.Where(other => !IsThere(other.Value)).ToList()) _others.Remove(gone);
        }
    }

    private Tally Plus(Tally tally, int count) => new(Now(tally) + count, _clock.GetTimestamp());

    // What was long ago counts less and less.
    private double Now(Tally tally) => tally.Count * Math.Exp(-_clock.GetElapsedTime(tally.At) / Lately);

    private bool IsThere(Tally tally) => _clock.GetElapsedTime(tally.At) <= Silence;

    private readonly record struct Tally(double Count, long At);
}
