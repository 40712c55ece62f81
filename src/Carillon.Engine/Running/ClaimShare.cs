using Carillon.Data.Hints;

namespace Carillon.Engine.Running;

/// <summary>
/// How nodes share the claims of runs lately. What one of them puts back until there is room comes to all of them: whoever claims most has
/// to have it come back at a pace for all, or the others run dry; where all claim alike, each does so at its own.
/// </summary>
public sealed class ClaimShare
{
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(10);
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

    /// <summary>For how many nodes this one puts runs back: one for itself, and for all of them where nobody else claims any.</summary>
    public double NodesServed
    {
        get
        {
            lock (_lock)
            {
                if (_others.Count == 0) return 1;

                var (own, others) = (Now(_own), _others.Values.Select(Now).Where(count => count >= 1).ToList());
                return Math.Max(1, own / Math.Max(1, own + others.Sum()) * (1 + others.Count));
            }
        }
    }

    /// <summary>This node has claimed so many.</summary>
    public void Add(int count)
    {
        lock (_lock)
        {
            _own = Plus(_own, count);
            _untold += count;
            if (_clock.GetElapsedTime(_told) < BetweenTellings) return;

            (count, _untold, _told) = (_untold, 0, _clock.GetTimestamp());
        }

        _hints.TellRunsClaimed(count);
    }

    private void Hear(RunsClaimed claimed)
    {
        lock (_lock)
        {
            _others[claimed.Node] = Plus(_others.GetValueOrDefault(claimed.Node), claimed.Count);
            foreach (var (silent, _) in _others.Where(other => Now(other.Value) < 1).ToList()) _others.Remove(silent);
        }
    }

    private Tally Plus(Tally tally, int count) => new(Now(tally) + count, _clock.GetTimestamp());

    // What was long ago counts less and less; of whoever has said nothing for a while, nothing.
    private double Now(Tally tally)
    {
        var ago = _clock.GetElapsedTime(tally.At);
        return ago > 3 * Lately ? 0 : tally.Count * Math.Exp(-ago / Lately);
    }

    private readonly record struct Tally(double Count, long At);
}
