using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.PreferencePage;

/// <summary>The page itself: one form that works without scripts, for small screens and for those who hear it read.</summary>
internal sealed class ChoicesPage(PageContent content, PageWords words, bool wasSaved) : IResult
{
    private static readonly string Style = PageStyle.Text;
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.ContentLanguage = words.Language;
        response.Headers["X-Robots-Tag"] = "noindex";
        Visit.StayDiscreet(response);
        await response.WriteAsync(Html(), httpContext.RequestAborted);
    }

    private string Html() => $"""
        <!doctype html>
        <html lang="{words.Language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Encoded(words.Title)} – {Encoded(content.Sender)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        <h1>{Encoded(words.Title)}</h1>
        <p class="from">{Encoded(words.From)} <strong>{Encoded(content.Sender)}</strong></p>
        {(wasSaved ? $"<p class=\"saved\" role=\"status\">{Encoded(words.Saved)}</p>" : "")}
        <p>{Encoded(words.Intro)}</p>
        <form method="post" action="?">
        {Everything()}
        {(content.IsOn ? "" : $"<p class=\"notice\" role=\"note\">{Encoded(words.AllOff)}</p>")}
        {(content.Workflows.Count == 0 ? "" : $"<h2>{Encoded(words.EachKind)}</h2>")}
        {string.Concat(content.Workflows.Select(Workflow))}
        <button>{Encoded(words.Save)}</button>
        </form>
        </main>
        </body>
        </html>

        """;

    private string Everything() => $"""
        <fieldset>
        <legend>{Encoded(words.Everything)}</legend>
        {Box(PageForm.Master, words.Receive, content.IsOn)}
        {Channels(PageForm.Master, content.Everywhere)}
        </fieldset>
        """;

    private string Workflow(WorkflowChoice workflow) => $"""
        <fieldset>
        <legend>{Encoded(workflow.Name)}</legend>
        {(string.IsNullOrWhiteSpace(workflow.Description) ? "" : $"<p>{Encoded(workflow.Description)}</p>")}
        {(workflow.Fixed == Fixed.No ? Channels(workflow.Id, workflow.Channels) : Without(workflow))}
        </fieldset>

        """;

    private string Without(WorkflowChoice workflow)
    {
        var why = workflow.Fixed == Fixed.AlwaysSent ? words.AlwaysSent : words.ByTheSender;
        var channels = workflow.Channels.Where(one => one.IsOn || workflow.Fixed == Fixed.AlwaysSent).Select(one => words.NameOf(one.Channel));
        return $"<p class=\"fixed\">{Encoded(why)} {Encoded(string.Join(", ", channels))}</p>";
    }

    private string Channels(string owner, IReadOnlyList<ChannelChoice> channels) =>
        $"<div class=\"channels\">{string.Concat(channels.Select(one => Box(PageForm.NameOf(owner, one.Channel), words.NameOf(one.Channel), one.IsOn)))}</div>";

    private static string Box(string name, string label, bool ticked) => $"""
        <label><input type="checkbox" name="{name}" value="on"{(ticked ? " checked" : "")}><span>{Encoded(label)}</span></label><input type="hidden" name="{PageForm.ShownNameOf(name)}" value="{PageForm.ShownAs(ticked)}">
        """;

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
