using AngleSharp;
using AngleSharp.Html.Parser;

namespace Carillon.Engine.Emails;

/// <summary>The HTML of a mail as mail clients can show it, and the same as plain text.</summary>
public sealed record MailPage(string Html, string Text)
{
    // The parser's time grows with the square of tags left open; a mail with this many is sent as it is.
    private const int MostTags = 20_000;

    public static MailPage Of(string html)
    {
        if (html.AsSpan().Count('<') > MostTags) return new(html, "");

        var document = new HtmlParser(default, BrowsingContext.New(Configuration.Default)).ParseDocument(html);
        var text = PlainText.Of(document);
        return new(CssInliner.Apply(document) ? document.ToHtml() : html, text);
    }
}
