namespace Carillon.Engine.Steps.Digest;

/// <summary>"The second Tuesday", "the last weekday": one day of a month, which not every month has.</summary>
internal sealed class OrdinalDay
{
    private const int Last = -1;

    private readonly int _ordinal;
    private readonly Func<DateOnly, bool> _counts;

    private OrdinalDay(int ordinal, Func<DateOnly, bool> counts) => (_ordinal, _counts) = (ordinal, counts);

    public static OrdinalDay? Read(string? ordinal, string? value)
    {
        int? place = ordinal switch { "1" => 1, "2" => 2, "3" => 3, "4" => 4, "5" => 5, "last" => Last, _ => null };
        Func<DateOnly, bool>? counts = value switch
        {
            "day" => _ => true,
            "weekday" => day => !IsWeekend(day),
            "weekend" => IsWeekend,
            _ => WeekDay(value) is { } weekDay ? day => day.DayOfWeek == weekDay : null,
        };
        return place is null || counts is null ? null : new(place.Value, counts);
    }

    public static DayOfWeek? WeekDay(string? name) => name switch
    {
        "monday" => DayOfWeek.Monday,
        "tuesday" => DayOfWeek.Tuesday,
        "wednesday" => DayOfWeek.Wednesday,
        "thursday" => DayOfWeek.Thursday,
        "friday" => DayOfWeek.Friday,
        "saturday" => DayOfWeek.Saturday,
        "sunday" => DayOfWeek.Sunday,
        _ => null,
    };

    /// <summary>The day in the month that begins with <paramref name="first"/>, or null when it has none.</summary>
    public DateOnly? In(DateOnly first)
    {
        List<DateOnly> days = [.. Enumerable.Range(0, DateTime.DaysInMonth(first.Year, first.Month)).Select(first.AddDays).Where(_counts)];
        if (_ordinal == Last) return days[^1];
        return _ordinal <= days.Count ? days[_ordinal - 1] : null;
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
