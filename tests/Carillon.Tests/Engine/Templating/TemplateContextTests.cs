using Carillon.Engine.Templating;
using Carillon.Engine.Templating.Values;
using static Carillon.Tests.Engine.Templating.Rendering;

namespace Carillon.Tests.Engine.Templating;

public sealed class TemplateContextTests
{
    [Fact]
    public void System_names_win_over_the_payload() =>
        Assert.Equal("Ann t a #123 false x", Render(
            "{{subscriber.firstName}} {{tenant.name}} {{actor.subscriberId}} {{branding.color}} {{step.digest}} {{other}}",
            new TemplateContext(Json("""{"subscriber":{"firstName":"no"},"tenant":1,"actor":2,"branding":3,"step":4,"other":"x"}"""))
            {
                Subscriber = Json("""{"firstName":"Ann"}"""),
                Tenant = Json("""{"name":"t"}"""),
                Actor = new TemplateMap(("subscriberId", "a")),
                Branding = TemplateContext.BrandingOf(null, "#123"),
            }));

    [Fact]
    public void What_an_event_has_not_is_the_payloads() =>
        Assert.Equal("mine hers", Render("{{tenant}} {{actor}}", new TemplateContext(Json("""{"tenant":"mine","actor":"hers"}"""))));

    [Fact]
    public void Branding_has_a_color_of_its_own_accord() =>
        Assert.Equal("[] #f47373", Render("[{{branding.logo}}] {{branding.color}}", new TemplateContext(Json("{}")) { Branding = TemplateContext.BrandingOf(null, null) }));

    [Fact]
    public void A_digest_hands_on_its_events() =>
        Assert.Equal("true 2 of 7: a,b", Render(
            "{{step.digest}} {{step.events.length}} of {{step.total_count}}: {{#each step.events}}{{n}}{{#unless @last}},{{/unless}}{{/each}}",
            new TemplateContext(Json("{}")) { Step = TemplateContext.StepOf(true, [Json("""{"n":"a"}"""), Json("""{"n":"b"}""")], 7) }));

    [Fact]
    public void Without_a_digest_the_step_is_empty() =>
        Assert.Equal("false [] 0", Render("{{step.digest}} [{{step.events}}] {{step.total_count}}", new TemplateContext(Json("{}"))));

    [Fact]
    public void A_copy_for_another_recipient_sees_that_recipient()
    {
        var first = new TemplateContext(Json("""{"x":1}""")) { Subscriber = new TemplateMap(("firstName", "Ann")) };
        var second = first with { Subscriber = new TemplateMap(("firstName", "Bob")) };

        Assert.Equal("Ann1 Bob1", Render("{{subscriber.firstName}}{{x}}", first) + " " + Render("{{subscriber.firstName}}{{x}}", second));
    }

    [Fact]
    public void The_root_lists_each_name_once() =>
        Assert.Equal("x;subscriber;step;", Render(
            "{{#each this}}{{@key}};{{/each}}", new TemplateContext(Json("""{"x":1,"subscriber":2}""")) { Subscriber = Json("{}") })
            .Replace("subscriber;x;", "x;subscriber;", StringComparison.Ordinal));

    private static string Render(string template, TemplateContext context) => Assert.IsType<Rendered>(Template.Parse(template).Render(context)).Text;
}
