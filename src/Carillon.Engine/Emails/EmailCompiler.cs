using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Data.Organizations;
using Carillon.Data.Workflows;
using Carillon.Engine.Steps;
using Carillon.Engine.Templating;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Emails;

/// <summary>
/// Makes a mail out of a step's words: what the editor made goes into the built-in layout, an author's own HTML stays what it is.
/// Everything is a template; values are escaped wherever they are printed, the subject included, as the contract's clients expect.
/// </summary>
public sealed partial class EmailCompiler(Templates templates)
{
    private const string CustomHtml = "customHtml";

    public CompileResult Compile(StepTemplate template, TemplateContext context, Branding branding)
    {
        var words = new Words(templates, context);
        var own = template.Preheader is { } raw ? new TemplateMap(("preheader", raw)) : null;
        var subject = OneLine(words.Render(template.Subject, own)) ?? "";
        var preheader = words.Render(template.Preheader, own)?.Trim();
        var senderName = OneLine(words.Render(template.SenderName, own));
        var source = Body(template, words, branding, Heading(subject, preheader));
        var html = Whole(template, words, source, subject, preheader);
        if (words.Error is { } error) return new CompileError(error);

        var page = MailPage.Of(html);
        return new CompiledEmail(subject, string.IsNullOrEmpty(senderName) ? null : senderName, page.Html, page.Text);
    }

    private static string Body(StepTemplate template, Words words, Branding branding, TemplateMap heading) => template switch
    {
        { ContentType: CustomHtml } => Preheader.InjectInto(Text(template.Content)),
        { Content: { ValueKind: JsonValueKind.Array } blocks } => EditorBlocks.Render(blocks, words, heading, branding),
        _ => words.Render(Text(template.Content), heading)?.Trim() ?? "",
    };

    // What the editor made has been rendered block by block, and must not be read as a template again.
    private static string Whole(StepTemplate template, Words words, string body, string subject, string? preheader) =>
        template.ContentType == CustomHtml
            ? words.Render(body, Heading(subject, preheader)) ?? ""
            : words.Render(DefaultLayout.Source, Heading(subject, preheader, ("body", body))) ?? "";

    private static TemplateMap Heading(string subject, string? preheader, params (string, TemplateValue)[] more) =>
        new([("subject", subject), ("preheader", preheader ?? ""), .. more]);

    private static string Text(JsonElement? content) => content is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    // A header of a mail is one line, whatever a payload holds.
    private static string? OneLine(string? text) => text is null ? null : LineBreak.Replace(text, " ").Trim();

    [GeneratedRegex(@"[\x00-\x1f\x7f\u0085\u2028\u2029]+")]
    private static partial Regex LineBreak { get; }
}
