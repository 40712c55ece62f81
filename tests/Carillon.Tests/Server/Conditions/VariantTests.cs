using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Server.Preferences;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Conditions;

public sealed class VariantTests
{
    private const string Chosen = "Variant was chosen by the provided condition criteria";

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task The_first_variant_that_fits_is_said_and_named_in_the_account(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Greet", Step("root", Variant("gold {{plan}}", "gold"), Variant("pro {{plan}}", "pro"), Variant("second pro", "pro")));

        var job = Assert.Single(await app.JobsAsync(workflow, "ann", new { plan = "pro" }));
        await app.JobsAsync(workflow, "ann", new { plan = "free" });

        Assert.Equal(["Step created", "Step queued", "Start sending message", Chosen, "Message created", "Message sent"], job.Details());
        Assert.Equal(
            """[{"filter":"Payload","field":"plan","expected":"pro","actual":"pro","operator":"EQUAL","passed":true}]""",
            job.Raw(Chosen).GetProperty("conditions").GetRawText());
        Assert.Equal(["pro pro", "root"], (await app.FeedAsync("ann")).Order());
        var page = await (await app.Api.GetAsync("/v1/messages?subscriberId=ann")).JsonAsync();
        var variants = workflow.Steps()[0].GetProperty("variants");
        Assert.Equal(
            [workflow.Steps()[0].GetProperty("_id").GetString()!, variants[1].GetProperty("_id").GetString()!],
            page.GetProperty("data").EnumerateArray().Select(message => message.GetProperty("_messageTemplateId").GetString()));
    }

    [Fact]
    public async Task One_that_is_switched_off_is_passed_over()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Greet", Step("root", Variant("off", "pro", active: false), Variant("on", "pro")));

        await app.JobsAsync(workflow, "ann", new { plan = "pro" });

        Assert.Equal(["on"], await app.FeedAsync("ann"));
    }

    [Fact]
    public async Task Variants_are_shown_with_their_words_and_keep_their_ids()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Greet", Step("root", Variant("one", "a"), Variant("two", "b")));

        var again = await app.UpdateWorkflowAsync(workflow, new { steps = workflow.GetProperty("steps") });

        var shown = workflow.Steps()[0].GetProperty("variants");
        Assert.Equal(
            ["replyCallback", "metadata", "active", "shouldStopOnFail", "type", "filters", "_templateId", "_parentId", "_id", "id", "template"],
            shown[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal("one", shown[0].GetProperty("template").GetProperty("content").GetString());
        Assert.Equal(JsonValueKind.Null, shown[0].GetProperty("_parentId").ValueKind);
        Assert.Equal(shown[0].GetProperty("_id").GetString(), shown[1].GetProperty("_parentId").GetString());
        Assert.Equal(
            shown.EnumerateArray().Select(variant => variant.GetProperty("_id").GetString()),
            again.Steps()[0].GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("_id").GetString()));
    }

    [Fact]
    public async Task A_variant_asks_for_something_and_is_of_its_steps_kind()
    {
        await using var app = await CarillonApp.StartAsync();
        var unconditional = new { name = "V", template = new { type = "in_app", content = "v" }, active = true };

        await AssertRefusedAsync("Variant conditions are required, variant name V id undefined", await app.PostWorkflowAsync("A", Step("root", unconditional)));
        var workflow = await app.CreateWorkflowAsync("B");
        await AssertRefusedAsync(
            "Variant filters are required, variant name V id undefined", await app.PutWorkflowAsync(workflow, new { steps = new[] { Step("root", unconditional) } }));
        await AssertRefusedAsync(
            "steps.0.variants.0.template.type must be in_app, as that of its step", await app.PostWorkflowAsync("C", Step("root", Variant("v", "a", type: "email"))));
        await AssertRefusedAsync(
            "Failed to extract variables: steps.0.variants.0.template.content, line 1: ", await app.PostWorkflowAsync("D", Step("root", Variant("{{#if}", "a"))));
    }

    private static async Task AssertRefusedAsync(string complaint, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(complaint, Assert.Single(await answer.MessagesAsync()), StringComparison.Ordinal);
    }

    private static object Step(string content, params object[] variants) =>
        new { template = new { type = "in_app", content }, active = true, variants };

    private static object Variant(string content, string plan, bool active = true, string type = "in_app") => new
    {
        template = new { type, content },
        active,
        filters = new[]
        {
            new
            {
                isNegated = false,
                type = "GROUP",
                value = "AND",
                children = new[] { new { on = "payload", field = "plan", @operator = "EQUAL", value = plan } },
            },
        },
    };
}
