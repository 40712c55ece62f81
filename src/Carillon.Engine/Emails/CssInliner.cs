using AngleSharp;
using AngleSharp.Css;
using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Carillon.Engine.Emails;

/// <summary>Moves the rules of style sheets onto the elements they are for, because many mail clients look nowhere else.</summary>
internal static class CssInliner
{
    // Each selector is tried on each element.
    private const int MostTries = 2_000_000;

    /// <summary>False when the page has nothing to move, and is as it was.</summary>
    public static bool Apply(IHtmlDocument document)
    {
        var sheets = document.QuerySelectorAll("style").Where(style => !style.HasAttribute("media")).ToList();
        if (sheets.Count == 0 || document.Body is not { } body) return false;

        var parser = document.Context.GetService<ICssSelectorParser>()!;
        List<StyleRule> rules = [];
        foreach (var sheet in sheets)
            sheet.TextContent = Take(Stylesheet.Parse(sheet.TextContent), parser, rules);
        foreach (var sheet in sheets.Where(sheet => sheet.TextContent.Length == 0))
            sheet.Remove();

        List<IElement> elements = [body, .. body.QuerySelectorAll("*")];
        if ((long)rules.Count * elements.Count > MostTries) return false;

        elements.ForEach(element => Style(element, rules));
        return true;
    }

    /// <summary>Adds what can be moved to the rules and returns what has to stay.</summary>
    private static string Take(Stylesheet sheet, ICssSelectorParser parser, List<StyleRule> rules)
    {
        List<string> staying = [];
        foreach (var (list, declarations) in sheet.Rules)
        {
            foreach (var text in Stylesheet.Split(list, ','))
            {
                // States such as :hover exist only in the reader's hands.
                if (!text.Contains(':', StringComparison.Ordinal) && parser.ParseSelector(text) is { } selector)
                    rules.Add(new(selector, Declarations.Parse(declarations)));
                else
                    staying.Add($"{text} {{ {declarations} }}");
            }
        }

        return string.Join('\n', [.. staying, .. sheet.AtRules]);
    }

    private static void Style(IElement element, List<StyleRule> rules)
    {
        var matching = rules.Where(rule => rule.Selector.Match(element)).OrderBy(rule => rule.Selector.Specificity).ToList();
        if (matching.Count == 0) return;

        var style = new Declarations();
        matching.ForEach(rule => style.Override(rule.Declarations, important: false));
        var own = Declarations.Parse(element.GetAttribute("style") ?? "");
        style.Override(own, important: false);
        matching.ForEach(rule => style.Override(rule.Declarations, important: true));
        style.Override(own, important: true);
        element.SetAttribute("style", style.ToString());
    }

    private sealed record StyleRule(ISelector Selector, Declarations Declarations);
}
