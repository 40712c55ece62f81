using System.Text.Json;
using Carillon.Engine.Templating;

namespace Carillon.Tests.Engine.Templating;

public sealed class EditorContentTests
{
    [Theory]
    [InlineData("<p onclick=\"steal()\">Hi</p>", "<p>Hi</p>")]
    [InlineData("a<script>alert(1)</script>b", "ab")]
    [InlineData("<img src=x onerror=alert(1)>", "<img src=\"x\" />")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>")]
    [InlineData("<a href=\"java\tscript:alert(1)\">x</a>", "<a>x</a>")]
    [InlineData("<iframe src=\"https://example.com\">in</iframe>out", "out")]
    [InlineData("<svg><style><img src=x onerror=alert(1)></style></svg>", "<img src=\"x\" />")]
    [InlineData("<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>", "")]
    [InlineData("<p style=\"background:url(javascript:alert(1))\">x</p>", "<p>x</p>")]
    [InlineData("<p style=\"width: ex\\70ression(alert(1))\">x</p>", "<p>x</p>")]
    [InlineData("<!-- hidden -->x<!--template-tag-0-->", "x")]
    [InlineData("<form action=\"https://example.com\"><button>Go</button></form>", "Go")]
    [InlineData("<object data=x>y</object><noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<img src=\"x\" />\"&gt;")]
    public void What_could_run_is_taken_out(string html, string expected) => Assert.Equal(expected, Clean(html));

    [Theory]
    [InlineData("<script>{{x}}</script>{{y}}", "{{y}}")]
    [InlineData("<p title=\"{{a}}><script>alert(1)</script>\">{{b}}</p>", "<p title=\"{{a}}&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">{{b}}</p>")]
    [InlineData("{{\"<img src=x onerror=alert(1)>\"}}", "{{\"&lt;img src=x onerror=alert(1)&gt;\"}}")]
    [InlineData("<a title={{x \"onmouseover=alert(1) y\"}}>z</a>", "<a title=\"{{x\">z</a>")]
    [InlineData("<p title='{{'><img src=x onerror=alert(1)>}}</p>", "<p title=\"{{\"><img src=\"x\" />}}</p>")]
    [InlineData("<!--{{a}}--><img src=x onerror=alert(1)>", "<img src=\"x\" />")]
    [InlineData("<!--{{a}}<img src=x onerror=alert(1)>", "<img src=\"x\" />")]
    public void A_template_tag_hides_nothing(string html, string expected) => Assert.Equal(expected, Clean(html));

    [Theory]
    [InlineData("para {{name}} & more \"quoted\" {{dateFormat d \"yyyy\"}}")]
    [InlineData("<p style=\"color: {{color}}; text-align: center\">Hi <b>{{name}}</b></p>")]
    [InlineData("<a href=\"{{url}}\" target=\"_blank\">x</a><a href=\"https://example.com/{{id}}?a=1&amp;b={{c}}\">y</a>")]
    [InlineData("<table><tbody>{{#each items}}<tr><td>{{name}}</td></tr>{{else}}<tr><td>none</td></tr>{{/each}}</tbody></table>")]
    [InlineData("<p>{{#if (eq plan \"pro\")}}<i>{{{html}}}</i>{{/if}}</p>")]
    [InlineData("<img src=\"https://example.com/a.png\" alt=\"A\" width=\"10\" /><br />")]
    public void Templates_and_formatting_stay_as_they_are(string html) =>
        Assert.Equal(html.Replace(" & ", " &amp; ", StringComparison.Ordinal), Clean(html));

    [Fact]
    public void Each_block_is_cleaned_and_otherwise_left_alone()
    {
        var blocks = JsonSerializer.SerializeToElement(new object[]
        {
            new { type = "text", content = "<p onclick=x>é{{a}}</p>", styles = new { textAlign = "center" } },
            new { type = "button", content = "Go", url = "https://example.com/?a=1&b={{b}}" },
        });

        var clean = EditorContent.Sanitize(blocks);

        Assert.Equal("<p>é{{a}}</p>", clean[0].GetProperty("content").GetString());
        Assert.Equal("center", clean[0].GetProperty("styles").GetProperty("textAlign").GetString());
        Assert.True(JsonElement.DeepEquals(blocks[1], clean[1]));
    }

    [Fact]
    public void Markup_beyond_measure_becomes_text()
    {
        Assert.DoesNotContain('<', Clean(string.Concat(Enumerable.Repeat("<div>", 100_000))));
        Assert.DoesNotContain('<', Clean(string.Concat(Enumerable.Repeat("<a \"'{{", 100_000))));
        Assert.StartsWith("<div>", Clean(string.Concat(Enumerable.Repeat("<div>", 1_000))), StringComparison.Ordinal);
    }

    private static string Clean(string html) => EditorContent.Sanitize(JsonSerializer.SerializeToElement(html)).GetString()!;
}
