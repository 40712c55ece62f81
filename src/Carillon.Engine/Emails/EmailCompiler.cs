using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Data.Layouts;
using Carillon.Data.Organizations;
using Carillon.Data.Workflows;
using Carillon.Engine.Steps;
using Carillon.Engine.Templating;
using Carillon.Engine.Templating.Values;
using Carillon.Engine.Triggering;

namespace Carillon.Engine.Emails;

/// <summary>
/// Makes a mail out of a step's words and its layout.
/// Everything is a template; values are escaped wherever they are printed, the subject included, as the contract's clients expect.
/// </summary>
public sealed partial class EmailCompiler(Templates templates)
{
    private const string CustomHtml = "customHtml";

    /// <summary>Without a layout, what the editor made goes into the built-in one, and an author's own HTML stays what it is.</summary>
    public CompileResult Compile(StepTemplate template, Layout? layout, TemplateContext context, Branding branding)
    {
        if (layout is not null && PayloadRules.ProblemWith(layout, context.Payload) is { } missing) return new CompileError(missing);

        var words = new Words(templates, layout is null ? context : context with { Payload = PayloadRules.WithDefaults(layout, context.Payload) });
        var own = template.Preheader is { } raw ? new TemplateMap(("preheader", raw)) : null;
        var subject = OneLine(words.Render("subject", template.Subject, own)) ?? "";
        var preheader = words.Render("preheader", template.Preheader, own)?.Trim();
        var senderName = OneLine(words.Render("senderName", template.SenderName, own));
        var html = Html(template, layout?.Content, words, branding, (subject, preheader));
        if (words.Error is { } error) return new CompileError(error);

        var page = MailPage.Of(html);
        return new CompiledEmail(subject, string.IsNullOrEmpty(senderName) ? null : senderName, page.Html, page.Text);
    }

    private static string Html(
        StepTemplate template, string? layout, Words words, Branding branding, (string Subject, string? Preheader) about)
    {
        var heading = Heading(about.Subject, about.Preheader);
        if (template.ContentType == CustomHtml && layout is null)
            return words.Render("content", Preheader.InjectInto(Text(template.Content)), heading) ?? "";

        // The body has been rendered, and must not be read as a template again.
        var body = Body(template, words, branding, heading);
        return words.Render("layout", Preheader.InjectInto(layout ?? DefaultLayout.Content), Heading(about.Subject, about.Preheader, ("body", body))) ?? "";
    }

    private static string Body(StepTemplate template, Words words, Branding branding, TemplateMap heading) =>
        template is { Content: { ValueKind: JsonValueKind.Array } blocks } and not { ContentType: CustomHtml }
            ? EditorBlocks.Render(blocks, words, heading, branding)
            : words.Render("content", Text(template.Content), heading)?.Trim() ?? "";

    private static TemplateMap Heading(string subject, string? preheader, params (string, TemplateValue)[] more) =>
        new([("subject", subject), ("preheader", preheader ?? ""), .. more]);

    private static string Text(JsonElement? content) => content is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    // A header of a mail is one line, whatever a payload holds.
    private static string? OneLine(string? text) => text is null ? null : LineBreak.Replace(text, " ").Trim();

    [GeneratedRegex(@"[\x00-\x1f\x7f\u0085\u2028\u2029]+")]
    private static partial Regex LineBreak { get; }
}
