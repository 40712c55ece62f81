using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace Carillon.Engine.Templating;

/// <summary>
/// Takes out of an author's HTML whatever could run, and leaves the template tags in it where they are. A parser of HTML moves text
/// out of tables, so <c>{{#each}}</c> between two rows would lose its rows: while it parses, each tag is a comment, which it lets be.
/// </summary>
internal static partial class SafeHtml
{
    /// <summary>The parser's time grows with the square of open tags, and editors make far fewer.</summary>
    public const int MostTags = 5_000;

    private const string Marker = "template-tag-";

    // Their insides are not prose: a script does not become text when its tag goes.
    private static readonly string[] Swallowed =
        ["script", "textarea", "option", "noscript", "iframe", "object", "embed", "template", "title", "xmp", "noembed", "noframes", "plaintext", "svg", "math"];

    private static readonly HtmlSanitizer Rules = Create();
    private static readonly SafeFormatter Formatter = new();

    /// <summary>Markup beyond <paramref name="tags"/>, which counts down, is shown as text.</summary>
    public static string Of(string html, ref int tags)
    {
        if (!html.AsSpan().ContainsAny('<', '>', '&')) return html;

        tags -= html.AsSpan().Count('<');
        return tags < 0 ? AsText(html) : Parsed(html);
    }

    private static string AsText(string html) => html
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Parsed(string html)
    {
        List<string> tags = [];
        var shielded = MarkupOrTag.Replace(html, match => match.Value[0] == '{' ? Shield(match.Value, tags) : match.Value);
        var document = Rules.HtmlParserFactory().ParseDocument("<!doctype html><html><body>" + shielded);
        var body = document.Body!;
        var styles = TakeStyles(body);
        Rules.SanitizeDom(document, body);
        foreach (var (element, style) in styles)
            element.SetAttribute("style", style);
        Restore(body, tags);
        return string.Concat(body.ChildNodes.Select(node => node.ToHtml(Formatter)));
    }

    private static HtmlSanitizer Create()
    {
        var rules = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = SafeMarkup.Tags,
            AllowedAttributes = SafeMarkup.Attributes,
            AllowedSchemes = SafeMarkup.Schemes,
            UriAttributes = SafeMarkup.Addresses,
            AllowedCssProperties = HtmlSanitizerDefaults.AllowedCssProperties,
            AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType> { AngleSharp.Css.Dom.CssRuleType.Style, AngleSharp.Css.Dom.CssRuleType.Media },
        })
        {
            KeepChildNodes = true,
        };
        rules.RemovingComment += (_, removal) => removal.Cancel = removal.Comment.Data.StartsWith(Marker, StringComparison.Ordinal);
        rules.RemovingTag += (_, removal) =>
        {
            if (Swallowed.Contains(removal.Tag.LocalName)) removal.Tag.TextContent = "";
        };
        return rules;
    }

    private static string Shield(string tag, List<string> tags)
    {
        tags.Add(tag);
        return string.Create(CultureInfo.InvariantCulture, $"<!--{Marker}{tags.Count - 1}-->");
    }

    // A comment the author wrote in our form is nothing but a comment.
    private static void Restore(IElement body, List<string> tags)
    {
        foreach (var comment in body.Descendants<IComment>().ToList())
        {
            if (int.TryParse(comment.Data.AsSpan(Marker.Length), CultureInfo.InvariantCulture, out var index) && index >= 0 && index < tags.Count)
                comment.Parent!.ReplaceChild(comment.Owner!.CreateTextNode(tags[index]), comment);
            else
                comment.Remove();
        }
    }

    // Read as CSS, a declaration with a template tag in it would be dropped, so a style stays as it is or goes as a whole.
    private static List<(IElement Element, string Style)> TakeStyles(IElement body)
    {
        List<(IElement, string)> styles = [];
        foreach (var element in body.QuerySelectorAll("[style]"))
        {
            var style = element.GetAttribute("style")!;
            element.RemoveAttribute("style");
            if (!DangerousStyle.IsMatch(style)) styles.Add((element, style));
        }

        return styles;
    }

    [GeneratedRegex("""[\\<@]|/\*|expression|javascript|vbscript|behaviou?r|binding|url\s*\(\s*["']?\s*data:""", RegexOptions.IgnoreCase)]
    private static partial Regex DangerousStyle { get; }

    // Without backtracking, so that no text can make it slow.
    private static Regex MarkupOrTag { get; } = new(
        """<[a-z/!](?:[^<>"']|"[^"]*"|'[^']*')*>|\{{2,4}[^{}]*\}{2,4}""",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Void elements close themselves, as in the XHTML that mail is commonly written in.</summary>
    private sealed class SafeFormatter : HtmlMarkupFormatter
    {
        public override string OpenTag(IElement element, bool selfClosing)
        {
            var tag = base.OpenTag(element, selfClosing);
            return selfClosing && tag.EndsWith('>') && !tag.EndsWith("/>", StringComparison.Ordinal) ? tag[..^1] + " />" : tag;
        }
    }
}
