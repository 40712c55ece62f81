using System.Text.RegularExpressions;

namespace Carillon.Engine.Emails;

/// <summary>
/// The rules of a style sheet as they were written. Nothing is interpreted: a parser that understood CSS would drop what only mail
/// programs know, and write colours in ways that they do not.
/// </summary>
internal sealed partial class Stylesheet
{
    private readonly string _css;
    private int _at;

    private Stylesheet(string css) => _css = css;

    public List<(string Selector, string Declarations)> Rules { get; } = [];

    /// <summary>At-rules, which hold for some screens only and have to stay in the sheet.</summary>
    public List<string> AtRules { get; } = [];

    public static Stylesheet Parse(string css)
    {
        var sheet = new Stylesheet(NoRule.Replace(css, " "));
        sheet.Read();
        return sheet;
    }

    /// <summary>Splits where the separator stands by itself, not within quotes or brackets.</summary>
    public static IEnumerable<string> Split(string css, char separator)
    {
        var start = 0;
        while (start <= css.Length)
        {
            var end = Find(css, start, separator, '\0');
            if (!string.IsNullOrWhiteSpace(css[start..end])) yield return css[start..end].Trim();
            start = end + 1;
        }
    }

    private void Read()
    {
        while (_at < _css.Length)
        {
            var start = _at;
            var end = Find(_css, start, '{', ';');
            var head = _css[start..end].Trim();
            if (end == _css.Length || _css[end] == ';')
            {
                _at = end + 1;
                if (head.StartsWith('@')) AtRules.Add(head + ";");
                continue;
            }

            var close = EndOfBlock(end);
            _at = close + 1;
            var block = _css[(end + 1)..close].Trim();
            if (head.StartsWith('@')) AtRules.Add($"{head} {{ {block} }}");
            else Rules.Add((head, block));
        }
    }

    private int EndOfBlock(int open)
    {
        var depth = 0;
        for (var i = open; i < _css.Length; i++)
        {
            if (_css[i] is '"' or '\'') i = EndOfQuote(_css, i);
            else if (_css[i] == '{') depth++;
            else if (_css[i] == '}' && --depth == 0) return i;
        }

        return _css.Length;
    }

    private static int Find(string css, int from, char one, char other)
    {
        var depth = 0;
        for (var i = from; i < css.Length; i++)
        {
            if (css[i] is '"' or '\'') i = EndOfQuote(css, i);
            else if (css[i] is '(' or '[') depth++;
            else if (css[i] is ')' or ']') depth--;
            else if (depth <= 0 && (css[i] == one || css[i] == other)) return i;
        }

        return css.Length;
    }

    private static int EndOfQuote(string css, int open)
    {
        var close = css.IndexOf(css[open], open + 1);
        return close < 0 ? css.Length : close;
    }

    [GeneratedRegex(@"/\*.*?(\*/|$)|<!--|-->", RegexOptions.Singleline)]
    private static partial Regex NoRule { get; }
}
