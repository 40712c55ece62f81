using Carillon.Engine.Templating;
using static Carillon.Tests.Engine.Templating.Rendering;

namespace Carillon.Tests.Engine.Templating;

public sealed class TemplateLimitsTests
{
    private static readonly string Long = $$"""{"l":[{{string.Join(',', Enumerable.Repeat("1", 2_000))}}],"t":"{{new string('x', 100_000)}}"}""";

    [Fact]
    public void A_loop_in_a_loop_is_cut_off()
    {
        var error = Error("\n{{#each l}}{{#each ../l}}{{#each ../../l}}{{/each}}{{/each}}{{/each}}", Long);

        Assert.Equal(new TemplateError("The template takes more than 1000000 steps", 2), error);
    }

    [Fact]
    public void Reading_much_costs_steps_even_where_nothing_is_printed() =>
        Assert.Contains("steps", Error("{{#each l}}{{#if (eq (uppercase ../t) 'y')}}{{/if}}{{/each}}", Long).Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_that_grows_too_long_is_an_error()
    {
        var error = Error("{{#each l}}{{../t}}{{/each}}", Long);

        Assert.Contains("1048576 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_partial_that_prints_itself_ends() =>
        Assert.Contains("nested more than 100", Error("{{#*inline 'p'}}{{> p}}{{/inline}}{{> p}}").Message, StringComparison.Ordinal);

    [Fact]
    public void Blocks_nested_too_deep_do_not_parse()
    {
        var template = string.Concat(Enumerable.Repeat("{{#if a}}", 5_000)) + string.Concat(Enumerable.Repeat("{{/if}}", 5_000));

        Assert.Contains("nested more than", Template.Parse(template).Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Expressions_nested_too_deep_do_not_parse()
    {
        var template = "{{json " + string.Concat(Enumerable.Repeat("(json ", 5_000)) + "1" + new string(')', 5_000) + "}}";

        Assert.Contains("nested more than", Template.Parse(template).Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Else_chains_too_long_do_not_parse()
    {
        var template = "{{#if a}}" + string.Concat(Enumerable.Repeat("{{else if b}}", 5_000)) + "{{/if}}";

        Assert.Contains("branches", Template.Parse(template).Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_can_be_set() =>
        Assert.IsType<TemplateError>(Run("12345", limits: new TemplateLimits { OutputLength = 4 }));
}
