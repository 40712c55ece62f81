using System.Text.RegularExpressions;

namespace Carillon.Engine.Templating.Functions;

/// <summary>Splits a date pattern into its tokens, the long formats (<c>P</c>, <c>p</c>) spelled out first.</summary>
internal static partial class DateTokens
{
    public static IEnumerable<string> Of(string pattern) => Tokens().Matches(pattern).Select(match => match.Value);

    public static string Expand(string pattern) => Long().Replace(pattern, match => Spelled(match.Value));

    public static string Unquote(string token)
    {
        if (token == "''")
            return "'";
        var end = token.Length > 1 && token[^1] == '\'' ? token.Length - 1 : token.Length;
        return token[1..end].Replace("''", "'", StringComparison.Ordinal);
    }

    private static string Spelled(string token)
    {
        if (token[0] is not ('P' or 'p'))
            return token;

        var dates = token.TrimEnd('p').Length;
        var times = token.Length - dates;
        var between = dates >= 3 ? " 'at' " : ", ";
        return Date(dates) + (dates > 0 && times > 0 ? between : "") + Time(times);
    }

    private static string Date(int length) => length switch
    {
        0 => "",
        1 => "MM/dd/yyyy",
        2 => "MMM d, y",
        3 => "MMMM do, y",
        _ => "EEEE, MMMM do, y",
    };

    private static string Time(int length) => length switch
    {
        0 => "",
        1 => "h:mm a",
        2 => "h:mm:ss a",
        3 => "h:mm:ss a z",
        _ => "h:mm:ss a zzzz",
    };

    [GeneratedRegex(@"[yYQqMLwIdDecihHKkms]o|([A-Za-z0-9_])\1*|''|'(''|[^'])+('|$)|[\s\S]", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"P+p+|P+|p+|''|'(''|[^'])+('|$)|[\s\S]", RegexOptions.CultureInvariant)]
    private static partial Regex Long();
}
