using System.Globalization;
using System.Text.RegularExpressions;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Functions;

/// <summary>Dates in templates are read as JavaScript reads them and written by the patterns of date-fns, always in UTC.</summary>
internal static partial class Dates
{
    public static TemplateValue Format(FunctionCall call)
    {
        if (call[0].Kind != Kind.String || !Js.IsTruthy(call[1]) || Parse(call[0].Text) is not { } date)
            return call[0];

        var (text, complaint) = DatePattern.Format(date, Js.ToText(call[1]));
        return complaint is null ? text : call.Fail(complaint);
    }

    internal static DateTime? Parse(string text)
    {
        try
        {
            return Iso().Match(text.Trim()) is { Success: true } iso ? Iso(iso) : Loose(text);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    // A day beyond the month's end runs into the next month, as it does in JavaScript.
    private static DateTime? Iso(Match iso)
    {
        int Part(string name, int missing) => iso.Groups[name] is { Success: true } group ? Whole(group.Value) : missing;

        var (month, day, hour, minute, second) = (Part("month", 1), Part("day", 1), Part("hour", 0), Part("minute", 0), Part("second", 0));
        if (month is 0 or > 12 || day is 0 or > 31 || hour > 24 || minute > 59 || second > 59)
            return null;

        var ticks = iso.Groups["fraction"] is { Success: true } fraction ? Whole(fraction.Value.PadRight(3, '0')[..3]) * TimeSpan.TicksPerMillisecond : 0;
        var local = new DateTime(Part("year", 1), month, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day - 1).AddHours(hour).AddMinutes(minute).AddSeconds(second);
        return local.AddTicks(ticks) - Offset(iso.Groups["zone"].Value);
    }

    private static TimeSpan Offset(string zone)
    {
        if (zone.Length < 5)
            return TimeSpan.Zero;
        var offset = new TimeSpan(Whole(zone[1..3]), Whole(zone[^2..]), 0);
        return zone[0] == '-' ? -offset : offset;
    }

    private static DateTime? Loose(string text)
    {
        // A bare time or number would be completed from today's date: only texts that name a year are dates.
        if (!Year().IsMatch(text) || !Word().IsMatch(text))
            return null;

        var plain = Decoration().Replace(text, "");
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        return DateTime.TryParse(plain, CultureInfo.InvariantCulture, Styles, out var date) ? date : null;
    }

    private static int Whole(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<year>\d{4})(-(?<month>\d\d)(-(?<day>\d\d))?)?([Tt ](?<hour>\d\d):(?<minute>\d\d)(:(?<second>\d\d)([.,](?<fraction>\d+))?)?\s?(?<zone>[Zz]|[+-]\d\d:?\d\d)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    [GeneratedRegex(@"\b\d{4}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(@"[A-Za-z]{3}|\d/\d", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    /// <summary>What a JavaScript date adds when it is printed: <c>GMT</c> before the offset, the zone's name in parentheses.</summary>
    [GeneratedRegex(@"\s*\([^)]*\)|(GMT|UTC)(?=[+-])", RegexOptions.CultureInvariant)]
    private static partial Regex Decoration();
}
