using System.Text.RegularExpressions;

namespace Carillon.Engine.Steps.InApp;

/// <summary>
/// What an inbox item says. It is text, unless its step says that it is HTML; then it is what an allow-list lets through. Some
/// components show either as HTML, and none may run what it finds there.
/// </summary>
public static partial class InAppContent
{
    private const string Html = "customHtml";

    public static string Of(string content, string? contentType)
    {
        if (!content.Contains('<', StringComparison.Ordinal)) return content;

        return contentType == Html ? InAppHtml.Of(content) : AsText(content);
    }

    /// <summary>Nothing in it begins markup any more. Everything else stays as it is, as what templates escaped does.</summary>
    public static string AsText(string content) => MarkupStart.Replace(content, "&lt;");

    [GeneratedRegex("<(?=[a-zA-Z/!?])")]
    private static partial Regex MarkupStart { get; }
}
