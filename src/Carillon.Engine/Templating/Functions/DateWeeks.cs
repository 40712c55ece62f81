using System.Globalization;

namespace Carillon.Engine.Templating.Functions;

/// <summary>American weeks: they begin on Sunday, and the first one holds the first of January.</summary>
internal static class DateWeeks
{
    public static int Week(DateTime date) => WeekYear(date) > date.Year
        ? 1
        : CultureInfo.InvariantCulture.Calendar.GetWeekOfYear(date, CalendarWeekRule.FirstDay, DayOfWeek.Sunday);

    /// <summary>The last days of December are in the next year's first week when that week's Saturday is.</summary>
    public static int WeekYear(DateTime date) => date.Year == 9999 ? 9999 : date.AddDays(6 - (int)date.DayOfWeek).Year;
}
