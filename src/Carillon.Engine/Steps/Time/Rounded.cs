namespace Carillon.Engine.Steps.Time;

/// <summary>Times are stored in milliseconds, and never rounded to earlier than they are.</summary>
internal static class Rounded
{
    public static DateTimeOffset Up(DateTimeOffset time)
    {
        var beyond = time.UtcTicks % TimeSpan.TicksPerMillisecond;
        return beyond == 0 ? time.ToUniversalTime() : time.ToUniversalTime().AddTicks(TimeSpan.TicksPerMillisecond - beyond);
    }

    public static long Milliseconds(TimeSpan wait) => (long)Math.Round(wait.TotalMilliseconds);
}
