using AngleSharp;
using AngleSharp.Html.Parser;

namespace Carillon.Engine.Emails;

/// <summary>The HTML of a mail as mail clients can show it, and the same as plain text.</summary>
public sealed record MailPage(string Html, string Text)
{
    // The parser's time grows with the square of tags left open; a mail with this many is sent as it is.
    private const int MostTags = 20_000;

    // What a parser is made of costs as much as what it reads, and belongs to one thread at a time.
    [ThreadStatic]
    private static HtmlParser? _parser;

    private static HtmlParser Parser => _parser ??= new(default, BrowsingContext.New(Configuration.Default));

    public static MailPage Of(string html)
    {
        if (html.AsSpan().Count('<') > MostTags) return new(html, "");

        var document = Parser.ParseDocument(html);
        var text = PlainText.Of(document);
        return new(CssInliner.Apply(document) ? document.ToHtml() : html, text);
    }
}
