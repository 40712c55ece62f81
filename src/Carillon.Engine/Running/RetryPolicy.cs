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

    /// <summary>
    /// The wait before the next attempt, or null when <paramref name="attempt"/> (counted from zero) was the last.
    /// <paramref name="random"/> is from 0 to 1: the jitter that keeps a thousand failed sends from coming back at one moment.
    /// </summary>
    public static TimeSpan? DelayAfter(int attempt, TimeSpan? askedFor, double random)
    {
        if (attempt >= Delays.Length) return null;

        var delay = Delays[attempt] * (0.8 + (0.4 * random));
        return askedFor > delay ? askedFor : delay;
    }
}
