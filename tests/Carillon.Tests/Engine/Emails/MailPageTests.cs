using Carillon.Engine.Emails;

namespace Carillon.Tests.Engine.Emails;

public sealed class MailPageTests
{
    [Theory]
    [InlineData("p { color: red }", "<p>x</p>", "<p style=\"color: red\">x</p>")]
    [InlineData(".a { color: red; mso-x: 1 } p { color: blue }", "<p class=\"a\">x</p>", "<p class=\"a\" style=\"color: red; mso-x: 1\">x</p>")]
    [InlineData("p { color: red } p { color: blue }", "<p>x</p>", "<p style=\"color: blue\">x</p>")]
    [InlineData("p { color: red; margin: 0 }", "<p style=\"color: blue\">x</p>", "<p style=\"margin: 0; color: blue\">x</p>")]
    [InlineData("p { color: red !important }", "<p style=\"color: blue\">x</p>", "<p style=\"color: red !important\">x</p>")]
    [InlineData("p { width: 600px; width: calc(100% - 1px) }", "<p>x</p>", "<p style=\"width: 600px; width: calc(100% - 1px)\">x</p>")]
    [InlineData("/* p { color: red } */ h1, p { background: url('a;b.png'); }", "<p>x</p>", "<p style=\"background: url('a;b.png')\">x</p>")]
    [InlineData("div > p { color: #abc }", "<div><p>x</p></div><p>y</p>", "<div><p style=\"color: #abc\">x</p></div><p>y</p>")]
    [InlineData("p { color: red", "<p>x</p>", "<p style=\"color: red\">x</p>")]
    [InlineData("}} p {{ ; ]", "<p>x</p>", "<p>x</p>")]
    public void Rules_move_to_their_elements(string css, string body, string expected)
    {
        var page = MailPage.Of($"<!DOCTYPE html><html><head><style>{css}</style></head><body>{body}</body></html>");

        Assert.Contains($"<body>{expected}</body>", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_depends_on_the_screen_or_the_reader_stays_in_the_sheet()
    {
        var page = MailPage.Of("""
            <html><head><style>a { color: red } a:hover, b { color: blue } @media (max-width: 480px) { p { width: 100% } }</style></head>
            <body><a href="#">x</a></body></html>
            """);

        Assert.Contains("""<a href="#" style="color: red">x</a>""", page.Html, StringComparison.Ordinal);
        Assert.Contains("a:hover { color: blue }\n@media (max-width: 480px) { p { width: 100% } }</style>", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_a_sheet_is_not_touched()
    {
        const string Html = "<p STYLE='color:red'>x<br>y";

        Assert.Equal(Html, MailPage.Of(Html).Html);
    }

    [Theory]
    [InlineData("<h1>Hello</h1><p>one<br>two</p>", "Hello\n\none\ntwo")]
    [InlineData("<p>see <a href=\"https://example.com\">here</a></p>", "see here (https://example.com)")]
    [InlineData("<a href=\"https://example.com\">https://example.com</a> <a href=\"#x\">x</a>", "https://example.com x")]
    [InlineData("<ul><li>one</li><li>two</li></ul>", "- one\n- two")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc")]
    [InlineData("<style>p{}</style><div style=\"display: none\">hidden</div><script>x</script><p>A &amp; B&nbsp;C</p>", "A & B C")]
    [InlineData("<img src=\"x\" alt=\"A logo\">", "A logo")]
    [InlineData("", "")]
    public void The_plain_text_says_the_same(string html, string expected) => Assert.Equal(expected, MailPage.Of(html).Text);

    [Fact]
    public void A_page_that_is_too_much_to_parse_is_sent_as_it_is()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 50_000));

        Assert.Equal(new MailPage(html, ""), MailPage.Of(html));
    }
}
