namespace Carillon.Engine.Running;

/// <summary>
/// Tells those who have to come back when: one behind the other, at the pace at which they can be served, so that what waits in the
/// database is not looked at again and again in vain. Nobody is sent away for long, because the pace may change; where many are served in a
/// second it is known well, and the line may be longer, so that it never runs dry before it ends.
/// </summary>
internal sealed class ReturnTimes
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWhereQuick = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(10);

    /// <summary>Whoever comes back in quick succession comes together: each look at the database has its price.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(100);

    private DateTimeOffset _last;

    /// <summary>How long to stay away, at least <paramref name="shortest"/>, where one is served in each <paramref name="interval"/>.</summary>
    public TimeSpan Next(DateTimeOffset now, TimeSpan interval, TimeSpan shortest)
    {
        var longest = interval < Quick ? LongestWhereQuick : Longest;
        _last = Later(_last + interval, now + shortest);
        if (_last - now <= longest) return interval < Together ? Rounded(_last) - now : _last - now;

        // Spread, so that those who do not find a time do not all come back at the same one.
        _last = now + longest;
        return longest * (1 + Random.Shared.NextDouble());
    }

    private static DateTimeOffset Rounded(DateTimeOffset time) =>
        new((time.Ticks + Together.Ticks - 1) / Together.Ticks * Together.Ticks, time.Offset);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
