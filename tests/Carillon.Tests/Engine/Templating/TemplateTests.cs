using System.Text;
using Carillon.Engine.Templating;
using Carillon.Engine.Templating.Values;
using static Carillon.Tests.Engine.Templating.Rendering;

namespace Carillon.Tests.Engine.Templating;

public sealed class TemplateTests
{
    /// <summary>Templates with payloads and the content of the message they became on the wire.</summary>
    [Theory]
    [InlineData("{{x}} {{{x}}}", """{"x":"<b>&\"'"}""", "&lt;b&gt;&amp;&quot;' <b>&\"'")]
    [InlineData("""{{dateFormat d "yyyy-MM-dd"}} {{uppercase s}} {{lowercase s}} {{titlecase s}} {{pluralize n "item" "items"}}""",
        """{"d":"2024-03-04T05:06:07Z","s":"hELLO world","n":2}""", "2024-03-04 HELLO WORLD hello world Hello World items")]
    [InlineData("{{#equals a 1}}eq{{else}}ne{{/equals}}", """{"a":1}""", "eq")]
    [InlineData("{{#each l}}{{@index}}={{this}};{{/each}}", """{"l":["a","b"]}""", "0=a;1=b;")]
    [InlineData("""{{#groupBy l "k"}}{{key}}:{{items.length}} {{/groupBy}}""",
        """{"l":[{"k":"a"},{"k":"b"},{"k":"a"}]}""", "[object Object],[object Object]")]
    [InlineData("""{{#unique l "k"}}{{this}}{{/unique}}""", """{"l":[{"k":"a"},{"k":"a"}]}""", "a")]
    [InlineData("""{{#sortBy l "k"}}{{this.k}}{{/sortBy}}""", """{"l":[{"k":"b"},{"k":"a"}]}""", "[object Object],[object Object]")]
    [InlineData("{{numberFormat n}}", """{"n":1234567.891}""", "1,234,567.89")]
    [InlineData("""{{numberFormat n decimalSep="," decimalLength="2" thousandsSep="|"}}""", """{"n":1234567.891}""", "1|234|567,89")]
    [InlineData("{{#gt n 5}}y{{else}}n{{/gt}}", """{"n":6}""", "y")]
    public void A_message_reads_as_recorded(string template, string payload, string expected) =>
        Assert.Equal(expected, Text(template, payload));

    [Fact]
    public void A_name_with_arguments_that_nothing_defines_is_a_missing_helper()
    {
        var error = Error("first\n{{zzz x}}", """{"x":1}""");

        Assert.Equal(new TemplateError("Missing helper: \"zzz\"", 2), error);
    }

    [Theory]
    [InlineData("{{Length}}{{s.Length}}{{s.Chars}}{{a.Count}}{{a.GetType}}{{a.Rank}}{{o.Keys}}{{o.ValueKind}}")]
    [InlineData("{{subscriber.Member}}{{step.Members}}{{step.digest.Kind}}{{this.Payload}}{{@root.Subscriber}}{{lookup o 'Count'}}")]
    public void No_member_of_a_net_type_can_be_reached(string template) =>
        Assert.Equal("", Text(template, """{"s":"text","a":[1],"o":{"x":1}}"""));

    [Fact]
    public void A_comparison_block_keeps_the_context() =>
        Assert.Equal("2b", Text("{{#each l}}{{#gt n 1}}{{n}}{{../name}}{{/gt}}{{/each}}", """{"name":"b","l":[{"n":1},{"n":2}]}"""));

    [Fact]
    public void Sorting_leaves_the_payload_as_it_came() =>
        Assert.Equal("12|21", Text("{{#each (sortBy l 'v')}}{{v}}{{/each}}|{{#each l}}{{v}}{{/each}}", """{"l":[{"v":2},{"v":1}]}"""));

    [Fact]
    public void Lone_surrogates_in_the_payload_become_replacement_characters() =>
        Assert.Equal("a\uFFFDb [c] {\"k\uFFFD\":1}", Text("{{s}} [{{o.x}}] {{{json p}}}", """{"s":"a\ud800b","o":{"\udc00":1,"x":"c"},"p":{"k\ud800":1}}"""));

    [Fact]
    public void A_template_that_is_missing_or_empty_renders_to_nothing()
    {
        var templates = new Templates();
        var context = new TemplateContext(Json("{}"));

        Assert.Equal(new Rendered(""), templates.Render(null, context));
        Assert.Equal(new Rendered(""), templates.Render("", context));
    }

    [Theory]
    [InlineData("{{#if x}}", 1, "never closed")]
    [InlineData("a\n{{#each x}}\n{{#if y}}\n{{/each}}", 4, "if doesn't match each")]
    [InlineData("a\nb {{name", 2, "not closed")]
    [InlineData("a\n\n{{/if}}", 3, "closes nothing")]
    [InlineData("{{!--\n open", 1, "not closed")]
    [InlineData("{{{{raw}}}}\n", 1, "never closed")]
    [InlineData("x\n{{foo bar=}}", 2, "not expected")]
    [InlineData("x\n{{#if a}}\n{{else}}\n{{else}}\n{{/if}}", 4, "another 'else'")]
    public void What_does_not_parse_says_why_and_where(string template, int line, string words)
    {
        var error = Template.Parse(template).Error!;

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void Random_text_never_throws()
    {
        string[] parts = ["{{", "}}", "{{{", "}}}", "{{{{", "}}}}", "#", "/", "^", "else", "~", "if", "each", "a", ".", "..", "@index", "(", ")", "=", "|", "as |x|",
            "'", "\"", "\\", "[", "]", "!--", "--", "!", ">", "#>", "#*inline 'p'", "*", "&", " ", "\n", "true", "1", "-1.5", "this", "json", "sortBy a", "uppercase", "\0", "\ud800", "😀"];
        var random = new Random(20240304);
        for (var i = 0; i < 40_000; i++)
        {
            var template = new StringBuilder();
            for (var length = random.Next(1, 24); length > 0; length--)
                template.Append(parts[random.Next(parts.Length)]);

            Run(template.ToString(), """{"a":[{"x":"y"},1,null,"s",[2]],"x":{"1":2}}""", new TemplateLimits { Steps = 10_000 });
        }
    }

    [Fact]
    public void One_template_renders_on_many_threads_at_once()
    {
        var templates = new Templates(capacity: 8);
        var payload = Json("""{"l":[1,2,3]}""");

        Parallel.For(0, 20_000, i =>
        {
            var context = new TemplateContext(payload) { Subscriber = new TemplateMap(("firstName", $"n{i}")) };
            var template = string.Concat("{{subscriber.firstName}}:{{#each l}}{{this}}{{/each}}", new string('!', i % 20));

            Assert.Equal(new Rendered($"n{i}:123{new string('!', i % 20)}"), templates.Get(template).Render(context));
        });
    }

    [Fact]
    public void Only_so_many_templates_are_kept()
    {
        var templates = new Templates(capacity: 10);
        for (var i = 0; i < 1_000; i++)
            templates.Get($"template {i}");

        Assert.InRange(templates.Count, 1, 10);
        Assert.Same(templates.Get("template 999"), templates.Get("template 999"));
    }
}
