using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Engine.Steps.Time;
using Cronos;

namespace Carillon.Engine.Steps.Digest;

/// <summary>
/// When a timed digest closes: the next time its schedule names after now, by the clock on the subscriber's wall. Intervals count
/// from now, so "every two weeks" begins with this one. Where a month lacks the day, the next month that has it is meant.
/// </summary>
internal static partial class TimedSchedule
{
    private const string NotFound = "Delay for next digest could not be calculated";

    public static (DateTimeOffset Due, string? Error) Next(JsonElement? settings, DateTimeOffset now, TimeZoneInfo zone)
    {
        var timed = Settings.Object(settings, "timed");
        if (Settings.Text(timed, "cronExpression") is { } cron) return Cron(cron, now, zone);
        if (Settings.Number(settings, "amount") is not { } amount || amount < 1 || amount != Math.Floor(amount) || amount > int.MaxValue)
            return (default, "Invalid digest amount");
        if (Settings.Text(settings, "unit") is not { } unit || !Duration.IsUnit(unit)) return (default, "Invalid digest unit");

        return unit is "days" or "weeks" or "months"
            ? OnDays(timed, (int)amount, unit, now, zone)
            : new Duration(amount, unit).After(Truncated(now), zone) is { } due ? (due, null) : (default, NotFound);
    }

    private static (DateTimeOffset, string?) OnDays(JsonElement? timed, int interval, string unit, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (timed is null) return (default, "Digest timed config is missing");
        if (TimeOfDay(Settings.Text(timed, "atTime")) is not { } time) return (default, "Digest timed config atTime has invalid format");

        var (days, error) = ScheduledDays.Read(timed.Value, unit);
        if (error is not null) return (default, error);

        foreach (var day in days!.From(DateOnly.FromDateTime(LocalTime.Of(now, zone)), interval))
        {
            var due = LocalTime.InstantOf(day.ToDateTime(time), zone);
            if (due > now) return (due, null);
        }

        return (default, NotFound);
    }

    private static (DateTimeOffset, string?) Cron(string expression, DateTimeOffset now, TimeZoneInfo zone)
    {
        var format = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard;
        if (!CronExpression.TryParse(expression, format, out var schedule)) return (default, "Digest timed config cronExpression is invalid");
        return schedule.GetNextOccurrence(now, zone) is { } due ? (due.ToUniversalTime(), null) : (default, NotFound);
    }

    private static TimeOnly? TimeOfDay(string? text) =>
        text is not null && AtTime().IsMatch(text)
        && TimeOnly.TryParseExact(text, ["H:mm", "H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;

    private static DateTimeOffset Truncated(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    [GeneratedRegex(@"^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$")]
    private static partial Regex AtTime();
}
