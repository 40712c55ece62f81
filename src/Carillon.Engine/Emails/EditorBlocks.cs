using System.Net;
using System.Text;
using System.Text.Json;
using Carillon.Data.Organizations;
using Carillon.Engine.Steps;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Emails;

/// <summary>The blocks of the e-mail editor as HTML: paragraphs and buttons.</summary>
internal static class EditorBlocks
{
    private const string ButtonColor = "#ff6f61";
    private static readonly string[] Alignments = ["left", "center", "right", "justify"];

    public static string Render(JsonElement blocks, Words words, TemplateMap heading, Branding branding)
    {
        var html = new StringBuilder();
        foreach (var (index, block) in blocks.EnumerateArray().Index().Where(block => block.Item.ValueKind == JsonValueKind.Object))
        {
            var content = words.Render($"content.{index}.content", Member(block, "content"), heading)?.Trim();
            html.Append(Member(block, "type") == "button"
                ? Button(content, words.Render($"content.{index}.url", Member(block, "url"), heading)?.Trim(), branding)
                : Paragraph(content, Alignment(block)));
        }

        return html.ToString();
    }

    private static string Paragraph(string? content, string alignment) =>
        $"""<div style="margin:0 0 10px;text-align:{alignment}">{content}</div>""" + "\n";

    private static string Button(string? content, string? url, Branding branding) =>
        $"""
        <div style="margin:0 0 10px;padding:10px 0;text-align:center"><a href="{Attribute(url)}" target="_blank" style="display:inline-block;padding:10px 20px;border-radius:4px;background:{Attribute(ColorOf(branding))};color:#ffffff;text-decoration:none">{content}</a></div>

        """;

    private static string ColorOf(Branding branding) => string.IsNullOrEmpty(branding.Color) ? ButtonColor : branding.Color;

    // The values in an address have been escaped when they were printed, the author's own part of it has not.
    private static string Attribute(string? text) => WebUtility.HtmlEncode(WebUtility.HtmlDecode(text)) ?? "";

    private static string Alignment(JsonElement block) =>
        block.TryGetProperty("styles", out var styles) && styles.ValueKind == JsonValueKind.Object && Member(styles, "textAlign") is { } alignment
        && Alignments.Contains(alignment)
            ? alignment
            : "left";

    private static string? Member(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
