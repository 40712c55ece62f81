using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Carillon.Engine.Emails;

/// <summary>Says in plain text what a page says: lines where it has blocks, addresses behind its links, nothing that it hides.</summary>
internal sealed partial class PlainText
{
    private static readonly string[] Silent = ["HEAD", "STYLE", "SCRIPT", "TITLE", "TEMPLATE", "NOSCRIPT", "OBJECT"];
    private static readonly string[] Paragraphs = ["P", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "BLOCKQUOTE", "TABLE", "PRE"];
    private static readonly string[] Lines = ["DIV", "TR", "LI", "SECTION", "ARTICLE", "HEADER", "FOOTER", "DT", "DD", "HR"];

    private readonly StringBuilder _text = new();

    public static string Of(IHtmlDocument document)
    {
        if (document.Body is not { } body) return "";

        var plain = new PlainText();
        plain.Read(body);
        return TooEmpty.Replace(LineEnd.Replace(plain._text.ToString(), "\n"), "\n\n").Trim();
    }

    private void Read(INode node)
    {
        switch (node)
        {
            case IText text:
                Write(text.Data);
                break;
            case IElement element when !IsHidden(element):
                Break(element);
                Open(element);
                foreach (var child in element.ChildNodes)
                    Read(child);
                Close(element);
                Break(element);
                break;
        }
    }

    private static bool IsHidden(IElement element) =>
        Silent.Contains(element.NodeName) || (element.GetAttribute("style") is { } style && Invisible.IsMatch(style));

    private void Open(IElement element)
    {
        switch (element.NodeName)
        {
            case "BR": _text.Append('\n'); break;
            case "LI": _text.Append("- "); break;
            case "TD" or "TH" when element.PreviousElementSibling is not null: _text.Append(' '); break;
            case "IMG": Write(element.GetAttribute("alt") ?? ""); break;
        }
    }

    private void Close(IElement element)
    {
        if (element.NodeName == "A" && element.GetAttribute("href") is { } href && href.Contains(':', StringComparison.Ordinal) && !EndsWith(href))
            _text.Append(" (").Append(href).Append(')');
    }

    private void Break(IElement element)
    {
        if (Paragraphs.Contains(element.NodeName)) _text.Append("\n\n");
        else if (Lines.Contains(element.NodeName)) _text.Append(_text.Length == 0 || _text[^1] == '\n' ? "" : "\n");
    }

    private void Write(string words)
    {
        var text = Blank.Replace(words, " ");
        var isAtStart = _text.Length == 0 || char.IsWhiteSpace(_text[^1]);
        _text.Append(isAtStart ? text.TrimStart() : text);
    }

    // A link whose words are its address needs it no second time.
    private bool EndsWith(string href) => _text.Length >= href.Length && _text.ToString(_text.Length - href.Length, href.Length) == href;

    [GeneratedRegex(@"[\s\u00a0\u200b\u200c]+")]
    private static partial Regex Blank { get; }

    [GeneratedRegex(@"[ \t]*\n[ \t]*")]
    private static partial Regex LineEnd { get; }

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex TooEmpty { get; }

    [GeneratedRegex(@"display\s*:\s*none|visibility\s*:\s*hidden", RegexOptions.IgnoreCase)]
    private static partial Regex Invisible { get; }
}
