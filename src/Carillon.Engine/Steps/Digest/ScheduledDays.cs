using System.Globalization;
using System.Text.Json;
using Carillon.Engine.Steps.Time;

namespace Carillon.Engine.Steps.Digest;

/// <summary>The days of a timed digest: in each n-th day, week or month those that fit, one after the other.</summary>
internal sealed class ScheduledDays
{
    private const int FurthestYears = 30;

    private readonly string _unit;
    private readonly DayOfWeek[] _weekDays;
    private readonly int[] _monthDays;
    private readonly OrdinalDay? _ordinal;

    private ScheduledDays(string unit, DayOfWeek[] weekDays, int[] monthDays, OrdinalDay? ordinal) =>
        (_unit, _weekDays, _monthDays, _ordinal) = (unit, weekDays, monthDays, ordinal);

    /// <summary>What is missing and what is empty say the same: nothing.</summary>
    public static (ScheduledDays? Days, string? Error) Read(JsonElement timed, string unit)
    {
        if (unit == "months" && Settings.Text(timed, "monthlyType") == "on")
        {
            return OrdinalDay.Read(Settings.Text(timed, "ordinal"), Settings.Text(timed, "ordinalValue")) is { } ordinal
                ? (new(unit, [], [], ordinal), null)
                : (null, "Digest timed config ordinal values are invalid");
        }

        var weekDays = Settings.Items(timed, "weekDays").Select(WeekDay).ToList();
        if (weekDays.Contains(null)) return (null, "Digest timed config weekDays values are invalid");
        var monthDays = Settings.Items(timed, "monthDays").Select(MonthDay).ToList();
        if (monthDays.Contains(null)) return (null, "Digest timed config monthDays values are invalid");

        return (new(unit, [.. weekDays.OfType<DayOfWeek>()], [.. monthDays.OfType<int>().Distinct().Order()], null), null);
    }

    /// <summary>Every day that fits from <paramref name="today"/> on, as far as it makes sense to look.</summary>
    public IEnumerable<DateOnly> From(DateOnly today, int interval)
    {
        var last = today.Year > DateOnly.MaxValue.Year - FurthestYears ? DateOnly.MaxValue : today.AddYears(FurthestYears);
        return Periods(today, interval, last).SelectMany(period => DaysIn(period, today)).Where(day => day >= today && day <= last);
    }

    private IEnumerable<DateOnly> Periods(DateOnly today, int interval, DateOnly last)
    {
        var first = _unit switch
        {
            "weeks" => Monday(today),
            "months" => new DateOnly(today.Year, today.Month, 1),
            _ => today,
        };
        var room = _unit switch
        {
            "weeks" => (last.DayNumber - first.DayNumber) / 7,
            "months" => ((last.Year - first.Year) * 12) + last.Month - first.Month,
            _ => last.DayNumber - first.DayNumber,
        };
        for (long period = 0; period <= room; period += interval)
            yield return _unit == "months" ? first.AddMonths((int)period) : first.AddDays((int)period * (_unit == "weeks" ? 7 : 1));
    }

    private IEnumerable<DateOnly> DaysIn(DateOnly period, DateOnly today)
    {
        if (_ordinal is not null) return _ordinal.In(period) is { } day ? [day] : [];

        var days = _unit switch
        {
            "weeks" => Enumerable.Range(0, 7).Select(period.AddDays),
            "months" => Enumerable.Range(0, DateTime.DaysInMonth(period.Year, period.Month)).Select(period.AddDays),
            _ => [period],
        };
        return days.Where(day => Fits(day, today));
    }

    // With nothing said, the day of the week or month on which the window opens.
    private bool Fits(DateOnly day, DateOnly today)
    {
        if (_weekDays.Length == 0 && _monthDays.Length == 0)
            return _unit switch { "weeks" => day.DayOfWeek == today.DayOfWeek, "months" => day.Day == today.Day, _ => true };

        return (_weekDays.Length == 0 || _weekDays.Contains(day.DayOfWeek)) && (_monthDays.Length == 0 || _monthDays.Contains(day.Day));
    }

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static DayOfWeek? WeekDay(JsonElement day) =>
        day.ValueKind == JsonValueKind.String ? OrdinalDay.WeekDay(day.GetString()) : null;

    private static int? MonthDay(JsonElement day) =>
        (day.ValueKind == JsonValueKind.Number && day.TryGetInt32(out var number))
        || (day.ValueKind == JsonValueKind.String && int.TryParse(day.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number))
            ? number is >= 1 and <= 31 ? number : null
            : null;
}
