namespace Carillon.Engine.Running;

/// <summary>When a send that a provider could not take is tried again: soon at first, then ever more rarely, for about two hours.</summary>
public static class RetryPolicy
{
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(2),
        TimeSpan.FromSeconds(8),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(8),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromMinutes(75),
    ];

    // Somewhat more than all of them together.
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(140);
    private static readonly TimeSpan OftenEnough = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The wait before the next attempt, or null when <paramref name="attempt"/> (counted from zero) was the last. A provider that says when
    /// it wants to be asked again is asked then, though not ever more often, and for as long as all attempts would have taken since it first
    /// failed, <paramref name="failing"/> ago. <paramref name="random"/> is from 0 to 1: the jitter that keeps a thousand failed sends from
    /// coming back at one moment.
    /// </summary>
    public static TimeSpan? DelayAfter(int attempt, TimeSpan failing, TimeSpan? askedFor, double random)
    {
        var usual = Delays[Math.Min(attempt, Delays.Length - 1)] * (0.8 + (0.4 * random));
        var delay = askedFor is { } asked ? Longer(asked, usual < OftenEnough ? usual : OftenEnough) : usual;
        return attempt < Delays.Length || failing + delay < LongEnough ? delay : null;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
