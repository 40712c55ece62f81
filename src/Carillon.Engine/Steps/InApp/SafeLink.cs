using System.Collections.Frozen;

namespace Carillon.Engine.Steps.InApp;

/// <summary>
/// The links an inbox may show: to pages, to somebody's mail or telephone, and relative ones. They are read as browsers read them, which
/// overlook what is blank before a scheme and line breaks within it.
/// </summary>
public static class SafeLink
{
    private static readonly FrozenSet<string> Schemes = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "http", "https", "mailto", "tel");

    /// <summary>Null where it may not be shown, or is none.</summary>
    public static string? OrNull(string? link) => link is not null && Is(link) ? link : null;

    public static bool Is(string link)
    {
        var read = string.Concat(link.Where(character => character is not ('\t' or '\n' or '\r'))).TrimStart(Blanks);
        var end = read.AsSpan().IndexOfAny(":/?#");
        if (end < 0 || read[end] != ':') return !read.AsSpan(0, end < 0 ? read.Length : end).Contains('&');

        return Schemes.Contains(read[..end]);
    }

    // An ampersand that early is no part of an address, but of a scheme that a page would read as HTML.
    private static char[] Blanks { get; } = [.. Enumerable.Range(0, ' ' + 1).Select(code => (char)code)];
}
