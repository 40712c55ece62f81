namespace Carillon.Server.Http.RateLimits;

/// <summary>
/// Tokens of one environment and category. As clients know it: filled again only when it cannot pay, a tenth above the limit
/// at most, and the limit that is reported is the one without that tenth.
/// </summary>
internal sealed class TokenBucket(int perSecond, DateTimeOffset now)
{
    public const int WindowSeconds = 5;
    private const double BurstAllowance = 0.1;

    private readonly Lock _lock = new();
    private DateTimeOffset _lastRefill = now;
    private DateTimeOffset _lastDraw = now;
    private int _tokens = Capacity(perSecond);

    public static int Limit(int perSecond) => perSecond * WindowSeconds;

    public static int Capacity(int perSecond) => (int)Math.Floor(Limit(perSecond) * (1 + BurstAllowance));

    /// <summary>Nobody has drawn for so long that a new bucket would be the same.</summary>
    public bool IsIdle(DateTimeOffset now)
    {
        lock (_lock) return now - _lastDraw > TimeSpan.FromSeconds(2 * WindowSeconds);
    }

    public Draw Take(int cost, DateTimeOffset now)
    {
        // What costs more than a full bucket holds could never be paid.
        var price = Math.Min(cost, Capacity(perSecond));
        lock (_lock)
        {
            _lastDraw = now;
            if (_tokens < price) Refill(now);
            if (_tokens < price) return new(false, _tokens, UntilThereAre(price - _tokens, now));

            _tokens -= price;
            return new(true, _tokens, UntilThereAre(_tokens < price ? price - _tokens : 0, now));
        }
    }

    private void Refill(DateTimeOffset now)
    {
        var added = (long)Math.Floor((now - _lastRefill) / FillInterval);
        if (added <= 0) return;

        _tokens = (int)Math.Min(Capacity(perSecond), _tokens + added);
        _lastRefill += added * FillInterval;
    }

    private TimeSpan FillInterval => TimeSpan.FromSeconds(1.0 / perSecond);

    private int UntilThereAre(int missing, DateTimeOffset now) =>
        missing == 0 ? 0 : Math.Max(0, (int)Math.Ceiling((_lastRefill + missing * FillInterval - now).TotalSeconds));
}

/// <summary>Whether the tokens were there, how many are left, and in how many seconds the same could be paid again.</summary>
internal readonly record struct Draw(bool IsPaid, int Remaining, int ResetSeconds);
