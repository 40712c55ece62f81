namespace Carillon.Engine.Outgoing;

/// <summary>How long an event is offered to an endpoint that does not take it: soon again at first, then ever more rarely, for a day.</summary>
public static class Persistence
{
    /// <summary>After so long without anything arriving, an endpoint is switched off.</summary>
    public static TimeSpan WithEndpoint { get; } = TimeSpan.FromDays(3);

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(4),
        TimeSpan.FromHours(8),
        TimeSpan.FromHours(8),
    ];

    /// <summary>The wait behind the n-th attempt, counted from one; null when that was the last. Jitter keeps what failed together apart.</summary>
    public static TimeSpan? DelayAfter(int attempt, TimeSpan? askedFor, double random)
    {
        if (attempt > Delays.Length) return null;

        var delay = Delays[attempt - 1] * (0.9 + (0.2 * random));
        return askedFor > delay ? askedFor : delay;
    }

    /// <summary>How long an endpoint is left alone that did not answer so often in a row.</summary>
    public static TimeSpan RestAfter(int silences)
    {
        var rest = TimeSpan.FromSeconds(5) * Math.Pow(2, Math.Min(silences - 1, 10));
        return rest < LongestRest ? rest : LongestRest;
    }
}
