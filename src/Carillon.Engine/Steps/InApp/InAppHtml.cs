using AngleSharp.Dom;
using Ganss.Xss;

namespace Carillon.Engine.Steps.InApp;

/// <summary>The HTML an inbox item may bring into an application's page: words and how they look, links and pictures.</summary>
internal static class InAppHtml
{
    /// <summary>The parser's time grows with the square of open tags, and an inbox item has few.</summary>
    private const int MostTags = 1_000;

    // Their insides are not prose.
    private static readonly string[] Swallowed =
        ["script", "style", "textarea", "select", "noscript", "iframe", "object", "embed", "template", "title", "xmp", "noembed", "noframes", "plaintext", "svg", "math"];

    private static readonly HtmlSanitizer Rules = Create();

    public static string Of(string html) =>
        html.AsSpan().Count('<') > MostTags ? InAppContent.AsText(html) : Rules.Sanitize(html);

    private static HtmlSanitizer Create()
    {
        var rules = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Set("""
                a abbr b bdi bdo blockquote br cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp
                small span strong sub sup table tbody td tfoot th thead time tr u ul var wbr
                """),
            AllowedAttributes = Set("alt dir height href lang src style title width"),
            UriAttributes = Set("href src"),
            AllowedSchemes = Set("http https mailto tel"),
            AllowedCssProperties = Set("background-color color font-style font-weight text-align text-decoration text-decoration-line"),
        })
        {
            KeepChildNodes = true,
        };
        rules.RemovingTag += (_, removal) =>
        {
            if (Swallowed.Contains(removal.Tag.LocalName)) removal.Tag.TextContent = "";
        };
        rules.PostProcessNode += (_, done) =>
        {
            if (done.Node is IElement { LocalName: "a" } link) OpenElsewhere(link);
        };
        return rules;
    }

    // Beside the application's page, and without a handle on it.
    private static void OpenElsewhere(IElement link)
    {
        link.SetAttribute("target", "_blank");
        link.SetAttribute("rel", "noopener noreferrer");
    }

    private static HashSet<string> Set(string words) =>
        new(words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
