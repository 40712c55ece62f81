using System.Text.Json;
using Carillon.Data.Layouts;
using Carillon.Data.Organizations;
using Carillon.Data.Workflows;
using Carillon.Engine.Emails;
using Carillon.Engine.Templating;

namespace Carillon.Tests.Engine.Emails;

public sealed class EmailCompilerTests
{
    private static readonly Branding Plain = new();

    [Fact]
    public void An_authors_own_html_is_sent_as_it_is_rendered()
    {
        var email = Compile(new() { Type = "email", ContentType = "customHtml", Subject = " Hi {{name}} ", Content = Json("<b>{{name}}</b>\n{{{html}}}") });

        Assert.Equal("Hi Ann &amp; Bob", email.Subject);
        Assert.Equal("<b>Ann &amp; Bob</b>\n<i>x</i>", email.Html);
        Assert.Equal("Ann & Bob x", email.Text);
        Assert.Null(email.SenderName);
    }

    [Fact]
    public void Blocks_become_paragraphs_and_buttons_in_the_built_in_layout()
    {
        var email = Compile(
            new()
            {
                Type = "email",
                ContentType = "editor",
                Subject = "Order {{id}}",
                SenderName = "{{name}}'s shop",
                Preheader = "soon there",
                Content = Json(new object[]
                {
                    new { type = "text", content = "Hello <b>{{name}}</b>", styles = new { textAlign = "center" } },
                    new { type = "text", content = "{{literal}}", styles = new { textAlign = "center;background:url(x)" } },
                    new { type = "button", content = "Track", url = "https://example.com/?id={{id}}&from={{name}}\"" },
                }),
            },
            new(Logo: "https://example.com/logo.png", Color: "#123456"));

        Assert.Contains("""<div style="margin:0 0 10px;text-align:center">Hello <b>Ann &amp; Bob</b></div>""", email.Html, StringComparison.Ordinal);
        Assert.Contains("""<div style="margin:0 0 10px;text-align:left">{{id}}</div>""", email.Html, StringComparison.Ordinal);
        Assert.Contains("""<a href="https://example.com/?id=7&amp;from=Ann &amp; Bob&quot;" target="_blank" """, email.Html, StringComparison.Ordinal);
        Assert.Contains("background:#123456;color:#ffffff", email.Html, StringComparison.Ordinal);
        Assert.Contains("border-top:4px solid #123456", email.Html, StringComparison.Ordinal);
        Assert.Contains("""<img src="https://example.com/logo.png" """, email.Html, StringComparison.Ordinal);
        Assert.Contains("mso-hide:all\">soon there&nbsp;&zwnj;", email.Html, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", email.Html, StringComparison.Ordinal);
        Assert.Equal("Ann &amp; Bob's shop", email.SenderName);
        Assert.Equal("Hello Ann & Bob\n{{id}}\nTrack (https://example.com/?id=7&from=Ann & Bob\")", email.Text);
    }

    [Fact]
    public void A_header_is_one_line_whatever_the_payload_holds()
    {
        var email = Compile(new() { Type = "email", Subject = "a {{lines}} b", SenderName = "{{lines}}", Content = Json("x") });

        Assert.Equal("a one Bcc: x@example.com b", email.Subject);
        Assert.Equal("one Bcc: x@example.com", email.SenderName);
    }

    [Fact]
    public void Without_a_preheader_nothing_is_hidden() =>
        Assert.DoesNotContain("mso-hide", Compile(new() { Type = "email", Content = Json("x") }).Html, StringComparison.Ordinal);

    [Fact]
    public void An_authors_page_gets_the_preheader_at_the_start_of_its_body()
    {
        var email = Compile(new()
        {
            Type = "email", ContentType = "customHtml", Preheader = "hush {{name}}", Content = Json("<html><body class='a'><p>{{preheader}}</p></body></html>"),
        });

        Assert.StartsWith("<html><body class='a'><div style=\"display:none;", email.Html, StringComparison.Ordinal);
        Assert.Contains(">hush Ann &amp; Bob&nbsp;", email.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{#if x}}", null, "never closed")]
    [InlineData("x", "{{unknown 1}}", "Missing helper")]
    public void What_cannot_be_rendered_says_why(string content, string? subject, string words)
    {
        var result = new EmailCompiler(new Templates()).Compile(
            new() { Type = "email", Subject = subject, Content = Json(content) }, null, new TemplateContext(Json(new { })), Plain);

        Assert.Contains(words, Assert.IsType<CompileError>(result).Message, StringComparison.Ordinal);
    }

    private static CompiledEmail Compile(StepTemplate template, Branding? branding = null, Layout? layout = null)
    {
        var context = new TemplateContext(Json(new { name = "Ann & Bob", id = 7, html = "<i>x</i>", lines = "one\r\nBcc: x@example.com", literal = "{{id}}" }))
        {
            Branding = branding is null ? default : TemplateContext.BrandingOf(branding.Logo, branding.Color),
        };
        return Assert.IsType<CompiledEmail>(new EmailCompiler(new Templates()).Compile(template, layout, context, branding ?? Plain));
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}
