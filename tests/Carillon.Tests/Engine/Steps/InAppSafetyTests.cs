using Carillon.Engine.Steps.InApp;

namespace Carillon.Tests.Engine.Steps;

public sealed class InAppSafetyTests
{
    [Theory]
    [InlineData("https://example.com/a?b=c&d#e")]
    [InlineData("HTTP://example.com")]
    [InlineData("mailto:ann@example.com")]
    [InlineData("tel:+4930123")]
    [InlineData("/orders/17?next=a:b&c")]
    [InlineData("orders")]
    [InlineData("?page=2")]
    [InlineData("#top")]
    [InlineData("//example.com/a")]
    [InlineData("")]
    public void A_link_to_a_page_a_mail_address_or_a_telephone_may_be_shown(string link) => Assert.True(SafeLink.Is(link));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData(" \u0001javascript:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("java\tscript\r:alert(1)")]
    [InlineData("javascript&colon;alert(1)")]
    [InlineData("javascript&#58;alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("blob:https://example.com/1")]
    [InlineData(":")]
    public void Any_other_link_may_not(string link) => Assert.False(SafeLink.Is(link));

    [Theory]
    [InlineData("Hello Ann", "Hello Ann")]
    [InlineData("1 < 2 & 3 > 2, <3", "1 < 2 & 3 > 2, <3")]
    [InlineData("&lt;b&gt; stays escaped", "&lt;b&gt; stays escaped")]
    [InlineData("<b>bold</b>", "&lt;b>bold&lt;/b>")]
    [InlineData("<img src=x onerror=alert(1)", "&lt;img src=x onerror=alert(1)")]
    [InlineData("<!-- --><?x ?>", "&lt;!-- -->&lt;?x ?>")]
    public void Content_is_text_unless_its_step_says_otherwise(string content, string shown)
    {
        Assert.Equal(shown, InAppContent.Of(content, contentType: null));
        Assert.Equal(shown, InAppContent.Of(content, "editor"));
    }

    [Theory]
    [InlineData("<p>Hello <strong>Ann</strong></p>", "<p>Hello <strong>Ann</strong></p>")]
    [InlineData("<a href=\"/orders\">Orders</a>", "<a href=\"/orders\" target=\"_blank\" rel=\"noopener noreferrer\">Orders</a>")]
    [InlineData("<img src=\"https://example.com/a.png\" onerror=\"alert(1)\">", "<img src=\"https://example.com/a.png\">")]
    [InlineData("<script>alert(1)</script>Hello", "Hello")]
    [InlineData("<style>body{display:none}</style>Hello", "Hello")]
    [InlineData("<svg><a xlink:href=\"javascript:alert(1)\">x</a></svg>Hello", "Hello")]
    [InlineData("<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>Hello", "Hello")]
    [InlineData("<a href=\"java&#10;script:alert(1)\">x</a>", "<a target=\"_blank\" rel=\"noopener noreferrer\">x</a>")]
    [InlineData("<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">", "<img>")]
    [InlineData("<p style=\"position:fixed;inset:0;font-weight:bold\">x</p>", "<p style=\"font-weight: bold\">x</p>")]
    [InlineData("<form action=\"https://evil.example\"><input name=\"password\"><button>Go</button></form>", "Go")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>", "")]
    public void What_a_step_says_is_html_loses_all_that_is_not_words_links_or_pictures(string content, string shown) =>
        Assert.Equal(shown, InAppContent.Of(content, "customHtml"));

    [Fact]
    public void Html_beyond_measure_is_text() =>
        Assert.StartsWith("&lt;b>&lt;b>", InAppContent.Of(string.Concat(Enumerable.Repeat("<b>", 1_001)), "customHtml"), StringComparison.Ordinal);
}
