using System.Text.Json;

namespace Carillon.Engine.Steps.Time;

/// <summary>
/// A length of time as a workflow says it. Up to days it is so many seconds; weeks and months are those of the calendar, and end
/// at the same time of day, whatever the clocks did meanwhile. What is over whole ones is a share of the next.
/// </summary>
public sealed record Duration(double Amount, string Unit)
{
    private static readonly string[] Units = ["seconds", "minutes", "hours", "days", "weeks", "months"];

    public static bool IsUnit(string? unit) => Units.Contains(unit);

    /// <summary>What the caller of an event wants instead: <c>overrides.delay</c>, where it says a number and a unit.</summary>
    public static Duration? Overriding(JsonElement? overrides) =>
        Settings.Object(overrides, "delay") is { } delay
        && Settings.Number(delay, "amount") is { } amount && Settings.Text(delay, "unit") is { } unit && IsUnit(unit)
            ? new(amount, unit)
            : null;

    /// <summary>When it is over, or null when no calendar goes that far.</summary>
    public DateTimeOffset? After(DateTimeOffset start, TimeZoneInfo zone)
    {
        try
        {
            var end = Unit switch
            {
                "seconds" => start + TimeSpan.FromSeconds(Amount),
                "minutes" => start + TimeSpan.FromMinutes(Amount),
                "hours" => start + TimeSpan.FromHours(Amount),
                "days" => start + TimeSpan.FromDays(Amount),
                "weeks" => Calendar(start, zone, (local, weeks) => local.AddDays(7 * weeks)),
                "months" => Calendar(start, zone, (local, months) => local.AddMonths(months)),
                _ => throw new InvalidOperationException($"{Unit} is not a unit of time."),
            };
            return Rounded.Up(end);
        }
        catch (Exception tooFar) when (tooFar is OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    public Duration Back() => this with { Amount = -Amount };

    private DateTimeOffset Calendar(DateTimeOffset start, TimeZoneInfo zone, Func<DateTime, int, DateTime> add)
    {
        var whole = checked((int)Math.Truncate(Amount));
        var local = LocalTime.Of(start, zone);
        var end = LocalTime.InstantOf(add(local, whole), zone);
        if (Amount == whole) return end;

        var next = LocalTime.InstantOf(add(local, whole + Math.Sign(Amount)), zone);
        return end + ((next - end) * Math.Abs(Amount - whole));
    }
}
