using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data.Mapping;
using Carillon.Data.Workflows;
using Carillon.Engine.Templating;

namespace Carillon.Tests.Engine.Templating;

public sealed class TemplateVariablesTests
{
    [Theory]
    [InlineData("Hello {{name}} from {{subscriber.firstName}}", "name:String")]
    [InlineData("{{x}} {{{x}}} {{&y.z}}", "x:String y.z:String")]
    [InlineData("{{#if vip}}VIP {{code}}{{else}}{{other}}{{/if}} {{nested.value}}", "nested.value:String vip:Boolean code:String")]
    [InlineData("{{#unless a}}{{b}}{{/unless}}", "a:Boolean b:String")]
    [InlineData("{{#each l}}{{@index}}={{this}};{{/each}}", "l:Array l.this:String")]
    [InlineData("{{#each l}}{{#each m}}{{n}}{{/each}}{{/each}}", "l:Array l.m:Array l.m.n:String")]
    [InlineData("{{#with order}}{{id}}{{/with}}", "order.id:String")]
    [InlineData("{{dateFormat d \"yyyy\"}} {{uppercase s}} {{pluralize n \"a\" \"b\"}}", "d:String s:String n:String")]
    [InlineData("{{numberFormat n decimalSep=\",\"}} {{json o}} {{unknown p}} {{uppercase \"literal\"}}", "n:String")]
    [InlineData("{{#gt a b}}{{c}}{{/gt}} {{1}} {{@root.x}} {{../y}}", "")]
    [InlineData("{{#if (gt a 1)}}{{b}}{{/if}}", "b:String")]
    [InlineData("{{branding.color}} {{step.digest}} {{preheader}} {{#each step.events}}{{name}}{{/each}}", "")]
    [InlineData("{{a}} {{#if a}}{{/if}}", "a:Boolean")]
    [InlineData("{{#if}}", "")]
    public void A_text_asks_for_the_names_it_uses(string content, string expected) =>
        Assert.Equal(expected, Names(Step("in_app", new { content })));

    [Fact]
    public void Each_kind_of_step_is_read_where_it_speaks()
    {
        Assert.Equal("a:String b:String", Names(Step("in_app", new { content = "{{a}}", cta = new { data = new { url = "/{{b}}" } } })));
        Assert.Equal("a:String b:String", Names(Step("push", new { content = "{{a}}", title = "{{b}}" })));
        Assert.Equal("b:String", Names(Step("email", new { subject = "{{a}}", content = "{{b}}", contentType = "customHtml" })));
        Assert.Equal("a:String c:String b:String", Names(Step("email", new
        {
            subject = "{{a}}",
            content = new object[] { new { type = "button", content = "{{b}}", url = "{{c}}" } },
        })));
    }

    [Fact]
    public void Settings_ask_for_names_after_all_texts_do() =>
        Assert.Equal("vip:String sendAt:String post.id:String", Names(
            Step("delay", new { }, new { delayPath = "sendAt" }),
            Step("digest", new { }, new { digestKey = "post.id" }),
            Step("in_app", new { content = "{{#if vip}}{{/if}}" }, filters: Conditions("vip", "payload")),
            Step("in_app", new { content = "x" }, filters: Conditions("locale", "subscriber"))));

    [Fact]
    public void Channels_ask_for_the_subscribers_addresses()
    {
        Assert.Equal(["phone", "email"], TemplateVariables.Of([Step("email", new { }), Step("sms", new { })]).SubscriberFields);
        Assert.Empty(TemplateVariables.Of([Step("in_app", new { })]).SubscriberFields);
    }

    [Fact]
    public void Tenant_and_actor_are_asked_for_where_a_text_uses_them()
    {
        var used = TemplateVariables.Of([Step("in_app", new { content = "{{actor.firstName}}|{{tenant.name}}|{{#with tenant}}{{data.x}}{{/with}}" })]);

        Assert.Equal(["actor", "tenant"], used.Reserved);
        Assert.Empty(used.Variables);
        Assert.Empty(TemplateVariables.Of([Step("in_app", new { content = "{{tenants}}" }, filters: Conditions("tenant", "payload"))]).Reserved);
    }

    private static string Names(params WorkflowStep[] steps) =>
        string.Join(' ', TemplateVariables.Of(steps).Variables.Select(variable => $"{variable.Name}:{variable.Type}"));

    private static JsonElement Conditions(string field, string on) => JsonSerializer.SerializeToElement(
        new[] { new { type = "GROUP", value = "AND", children = new[] { new { field, on, value = "x", @operator = "EQUAL" } } } });

    private static WorkflowStep Step(string type, object template, object? metadata = null, object? filters = null)
    {
        var written = JsonSerializer.SerializeToNode(template, JsonColumn.Options)!.AsObject();
        written["type"] = type;
        var step = new JsonObject
        {
            ["id"] = "0",
            ["template"] = written,
            ["metadata"] = JsonSerializer.SerializeToNode(metadata, JsonColumn.Options),
            ["filters"] = JsonSerializer.SerializeToNode(filters, JsonColumn.Options),
        };
        return JsonColumn.Read<WorkflowStep>(step.ToJsonString());
    }
}
