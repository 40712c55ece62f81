using System.Globalization;
using System.Text;

namespace Carillon.Engine.Templating.Functions;

/// <summary>Formats by the Unicode patterns that date-fns 2 takes, in its default (American English) locale and in UTC.</summary>
internal static class DatePattern
{
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;
    private static readonly string[] Days = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;

    public static (string Text, string? Complaint) Format(DateTime date, string pattern)
    {
        var text = new StringBuilder();
        foreach (var token in DateTokens.Of(DateTokens.Expand(pattern)))
        {
            if (token[0] == '\'')
            {
                text.Append(DateTokens.Unquote(token));
                continue;
            }
            if (token is "D" or "DD" or "YY" or "YYYY")
                return ("", $"Use `{token.ToLowerInvariant()}` instead of `{token}` in the format `{pattern}`");
            if (One(date, token) is { } written)
                text.Append(written);
            else if (char.IsAsciiLetter(token[0]))
                return ("", $"Format string contains an unescaped latin alphabet character `{token[0]}`");
            else
                text.Append(token);
        }
        return (text.ToString(), null);
    }

    private static string? One(DateTime date, string token) => token[0] switch
    {
        'G' => token.Length switch { 4 => "Anno Domini", 5 => "A", _ => "AD" },
        'y' => Year(date.Year, token),
        'Y' => Year(DateWeeks.WeekYear(date), token),
        'R' or 'u' => Padded(token[0] == 'R' ? ISOWeek.GetYear(date) : date.Year, token.Length),
        'Q' or 'q' => Quarter((date.Month + 2) / 3, token),
        'M' or 'L' => Named(date.Month, Months[date.Month - 1], token),
        'w' => Counted(DateWeeks.Week(date), token),
        'I' => Counted(ISOWeek.GetWeekOfYear(date), token),
        'd' => Counted(date.Day, token),
        'D' => Counted(date.DayOfYear, token),
        'E' => Day(date, token.Length),
        'e' or 'c' => token.Length > 2 ? Day(date, token.Length) : Counted((int)date.DayOfWeek + 1, token),
        'i' => token.Length > 2 ? Day(date, token.Length) : Counted(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, token),
        _ => Time(date, token),
    };

    private static string? Time(DateTime date, string token) => token[0] switch
    {
        'a' => HalfDay(date.Hour < 12 ? "am" : "pm", token.Length),
        'b' => Noon(date, token.Length),
        'B' => PartOfDay(date.Hour),
        'h' => Counted(date.Hour % 12 == 0 ? 12 : date.Hour % 12, token),
        'H' => Counted(date.Hour, token),
        'K' => Counted(date.Hour % 12, token),
        'k' => Counted(date.Hour == 0 ? 24 : date.Hour, token),
        'm' => Counted(date.Minute, token),
        's' => Counted(date.Second, token),
        'S' => Fraction(date.Millisecond, token.Length),
        'X' => "Z",
        'x' => token.Length switch { 1 => "+00", 2 or 4 => "+0000", _ => "+00:00" },
        'O' or 'z' => token.Length == 4 ? "GMT+00:00" : "GMT+0",
        't' => Padded(new DateTimeOffset(date).ToUnixTimeSeconds(), token.Length),
        'T' => Padded(new DateTimeOffset(date).ToUnixTimeMilliseconds(), token.Length),
        _ => null,
    };

    private static string Padded(long number, int length) => number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');

    private static string Counted(int number, string token) => token.EndsWith('o') ? Ordinal(number) : Padded(number, token.Length);

    private static string Ordinal(int number) => (number % 100) switch
    {
        11 or 12 or 13 => $"{number}th",
        _ => (number % 10) switch { 1 => $"{number}st", 2 => $"{number}nd", 3 => $"{number}rd", _ => $"{number}th" },
    };

    private static string Year(int year, string token) => token.Length == 2 && token[1] != 'o' ? Padded(year % 100, 2) : Counted(year, token);

    private static string Quarter(int quarter, string token) => token.Length switch
    {
        3 => $"Q{quarter}",
        4 => $"{Ordinal(quarter)} quarter",
        5 => $"{quarter}",
        _ => Counted(quarter, token),
    };

    private static string Named(int number, string name, string token) => token.Length switch
    {
        <= 2 => Counted(number, token),
        3 => name[..3],
        5 => name[..1],
        _ => name,
    };

    private static string Day(DateTime date, int length)
    {
        var name = Days[(int)date.DayOfWeek];
        return length switch { <= 3 => name[..3], 5 => name[..1], 6 => name[..2], _ => name };
    }

    private static string HalfDay(string half, int length) => length switch
    {
        <= 2 => half.ToUpperInvariant(),
        3 => half,
        5 => half[..1],
        _ => $"{half[0]}.m.",
    };

    private static string Noon(DateTime date, int length) => date.Hour switch
    {
        12 => length == 5 ? "n" : "noon",
        0 => length == 5 ? "mi" : "midnight",
        < 12 => HalfDay("am", length),
        _ => HalfDay("pm", length),
    };

    private static string PartOfDay(int hour) => hour switch
    {
        >= 17 => "in the evening",
        >= 12 => "in the afternoon",
        >= 4 => "in the morning",
        _ => "at night",
    };

    private static string Fraction(int milliseconds, int length) => Padded(milliseconds, 3).PadRight(length, '0')[..length];
}
