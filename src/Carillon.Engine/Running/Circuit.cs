using Carillon.Providers;

namespace Carillon.Engine.Running;

/// <summary>Why an integration is not asked now, and for how long. <paramref name="IsBroken"/> where it failed again and again.</summary>
internal sealed record Standstill(TimeSpan Wait, bool IsBroken);

/// <summary>
/// One integration's traffic: not faster than configured, not before the time it asked for, and after several failures in a row only
/// one attempt now and then, until one succeeds.
/// </summary>
/// <param name="nodes">At how many nodes' pace those that are turned away come back.</param>
internal sealed class Circuit(EngineOptions options, double perSecond, Func<double> nodes)
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestRequest = TimeSpan.FromHours(1);
    private static readonly TimeSpan PaceBehindRest = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private int _failures;
    private int _rests;
    private readonly ReturnTimes _returns = new();
    private readonly ReturnTimes _behindRest = new();
    private bool _isTried;
    private DateTimeOffset _restsUntil;
    private DateTimeOffset _filledAt;
    private double _tokens = Math.Max(1, perSecond);

    public bool IsBroken => options.BreakAfter > 0 && _failures >= options.BreakAfter;

    /// <summary>Null when it may be asked now. Whoever is let through while it is broken is the trial that the others wait for.</summary>
    public Standstill? Ask(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now < _restsUntil) return new(BehindRest(now), IsBroken);
            if (perSecond > 0 && !TakeToken(now)) return new(NextToken(now), IsBroken: false);
            if (IsBroken) (_isTried, _restsUntil) = (true, now + options.SendTimeout);
            return null;
        }
    }

    public void Tell(SendResult result, DateTimeOffset now)
    {
        lock (_lock)
        {
            switch (result)
            {
                case SendResult.Unavailable { RetryAfter: { } asked }:
                    Rest(asked < LongestRequest ? asked : LongestRequest, now);
                    break;
                case SendResult.Unavailable:
                    Fail(now);
                    break;
                case SendResult.Refused { For: RefusedFor.Account }:
                    break; // says nothing of whether it answers others
                default:
                    if (IsBroken) _restsUntil = now;
                    (_failures, _rests, _isTried) = (0, 0, false);
                    break;
            }
        }
    }

    // Sends that were under way together fail together; that is one failure to rest for, not many.
    private void Fail(DateTimeOffset now)
    {
        var isAlreadyResting = IsBroken && !_isTried;
        _failures++;
        if (!IsBroken || isAlreadyResting) return;

        _isTried = false;

        var rest = options.BreakTime * Math.Pow(2, Math.Min(_rests++, 10));
        _restsUntil = now + (rest < LongestRest ? rest : LongestRest);
    }

    private void Rest(TimeSpan time, DateTimeOffset now)
    {
        if (now + time > _restsUntil) _restsUntil = now + time;
    }

    // One behind the other: if all came back when it ends, they would all be looked at in that moment, and everybody else would wait.
    private TimeSpan BehindRest(DateTimeOffset now) => _restsUntil - now + _behindRest.Next(_restsUntil, PaceBehindRest, TimeSpan.Zero);

    private TimeSpan NextToken(DateTimeOffset now) =>
        _returns.Next(now, TimeSpan.FromSeconds(1 / perSecond / nodes()), TimeSpan.FromSeconds((1 - _tokens) / perSecond));

    private bool TakeToken(DateTimeOffset now)
    {
        _tokens = Math.Min(Math.Max(1, perSecond), _tokens + Math.Max(0, (now - _filledAt).TotalSeconds) * perSecond);
        _filledAt = now;
        if (_tokens < 1) return false;

        _tokens--;
        return true;
    }
}
