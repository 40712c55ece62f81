using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Data;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Server;

public sealed class WorkflowTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_workflow_is_shown_as_recorded_wherever_it_is_asked_for(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var response = await app.Api.PostAsJsonAsync(WorkflowRequests.Route, new
        {
            name = "Inactive",
            notificationGroupId = app.NotificationGroupId,
            description = "d Inactive",
            active = false,
            draft = false,
            tags = new[] { "tagA", "tagB" },
            steps = new[] { WorkflowRequests.InApp() },
        });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var made = await response.DataAsync();
        Shape.AssertSame(RecordedWorkflows.InApp, made);
        foreach (var path in new[] { "/v1/workflows", "/v1/notification-templates" })
        {
            Assert.Equal(made.GetRawText(), (await (await app.Api.GetAsync($"{path}/{made.Id()}")).DataAsync()).GetRawText());
            Assert.Equal(made.GetRawText(), (await (await app.Api.GetAsync($"{path}/inactive")).DataAsync()).GetRawText());
            var page = await (await app.Api.GetAsync(path)).JsonAsync();
            Shape.AssertSame($$"""{"page":0,"data":[{{RecordedWorkflows.Listed}}],"totalCount":1,"pageSize":10}""", page);
        }
    }

    [Fact]
    public async Task Every_kind_of_content_is_kept_as_recorded()
    {
        await using var app = await CarillonApp.StartAsync();

        Shape.AssertSame(RecordedWorkflows.Chat, await app.CreateWorkflowAsync(
            "Ch chat", new { template = new { type = "chat", content = "chat {{name}}" }, active = true }));
        Shape.AssertSame(RecordedWorkflows.Editor, await app.CreateWorkflowAsync("Ch editor", new
        {
            template = new
            {
                type = "email",
                subject = "Ed {{name}}",
                contentType = "editor",
                content = new object[]
                {
                    new { type = "text", content = "para {{name}}", styles = new { textAlign = "left" } },
                    new { type = "button", content = "Go", url = "http://x.example/{{name}}" },
                },
            },
            active = true,
        }));
        Shape.AssertSame(RecordedWorkflows.Minimal, await (await app.Api.PostAsJsonAsync(
            WorkflowRequests.Route, new { name = "Min", notificationGroupId = app.NotificationGroupId, steps = Array.Empty<object>() })).DataAsync());
    }

    [Fact]
    public async Task The_variables_of_templates_become_those_of_the_trigger()
    {
        await using var app = await CarillonApp.StartAsync();

        var made = await app.CreateWorkflowAsync(
            "Order",
            WorkflowRequests.InApp("Hi {{name}} {{#if vip}}VIP{{/if}} {{nested.value}} {{subscriber.firstName}} {{actor.firstName}}"),
            new { template = new { type = "email", subject = "S", contentType = "customHtml", content = "<b>{{name}}</b> {{tenant.name}}" } });

        var trigger = made.GetProperty("triggers")[0];
        Assert.Equal(["name String", "nested.value String", "vip Boolean"], Named(trigger, "variables"));
        Assert.Equal(["email "], Named(trigger, "subscriberVariables"));
        Assert.Equal(
            ["actor subscriberId", "tenant identifier"],
            trigger.GetProperty("reservedVariables").EnumerateArray()
                .Select(reserved => $"{reserved.GetProperty("type")} {reserved.GetProperty("variables")[0].GetProperty("name")}")
                .Order());
    }

    [Theory]
    [InlineData("{}", "name should not be null or undefined", "name must be a string", "Notification group must be provided ",
        "notificationGroupId must be a string", "steps should not be null or undefined", "steps must be an array")]
    [InlineData("""{"name":"NG","steps":[]}""", "Notification group must be provided ", "notificationGroupId must be a string")]
    [InlineData("""{"name":"BG","notificationGroupId":"zz","steps":[]}""", "notificationGroupId must be a mongodb id")]
    [InlineData("""{"name":"NS","notificationGroupId":"6b0418fe039109a7bd9f3124"}""", "steps should not be null or undefined", "steps must be an array")]
    [InlineData("""{"name":"NS","notificationGroupId":"6b0418fe039109a7bd9f3124","steps":"x"}""",
        "steps must be an array", "nested property steps must be either object or array")]
    [InlineData("""{"name":"BT","notificationGroupId":"6b0418fe039109a7bd9f3124","steps":[],"tags":"x"}""", "tags must be an array")]
    [InlineData("""{"name":"BT","notificationGroupId":"6b0418fe039109a7bd9f3124","steps":[],"tags":[1]}""", "each value in tags must be a string")]
    [InlineData("""{"name":"BS","notificationGroupId":"6b0418fe039109a7bd9f3124","steps":[{"template":{"type":"zzz","content":"x"}}]}""",
        "type must be one of the following values: in_app, email, sms, chat, push, digest, trigger, delay, custom")]
    [InlineData("""{"name":"BS","notificationGroupId":"6b0418fe039109a7bd9f3124","steps":[{"active":true}]}""",
        "Unexpected error: message template is missing")]
    [InlineData("""{"name":"BS","notificationGroupId":"6b0418fe039109a7bd9f3124","steps":[{"template":{"type":"in_app"},"variants":[{}]}]}""",
        "Unexpected error: variants message template is missing")]
    [InlineData("""{"name":"BS","notificationGroupId":"6b0418fe039109a7bd9f3124","steps":[{"template":{"type":"in_app"},"variants":[{"template":{"type":"in_app"}}]}]}""",
        "Variant conditions are required, variant name undefined id undefined")]
    [InlineData("""{"name":"BS","notificationGroupId":"6b0418fe039109a7bd9f3124","steps":[{"template":{"type":"in_app","cta":{"action":""}}}]}""",
        "Please provide a valid CTA action")]
    [InlineData("""{"name":"BS","notificationGroupId":"6b0418fe039109a7bd9f3124","steps":[{"active":"x","template":{"type":"in_app","content":5,"cta":7,"subject":{}}}]}""",
        "steps.0.active must be a boolean value", "steps.0.template.content must be a string or an array of blocks",
        "steps.0.template.subject must be a string", "nested property cta must be either object or array")]
    [InlineData("""{"name":"BS","notificationGroupId":"6b0418fe039109a7bd9f3124","steps":[{"template":{"type":"in_app","variables":[{"name":"a.b.c.d.e.f.g.h.i.j.k"}]}}]}""",
        "steps.0.template.variables must not be nested deeper than 10 levels")]
    public async Task What_is_wrong_is_said_in_the_contracts_words(string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.Api.PostTextAsync(WorkflowRequests.Route, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var messages = await response.MessagesAsync();
        Assert.Equal(complaints, messages.Select(message => message.Replace("steps.0.template.nested", "nested", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_description_is_shorter_when_it_is_changed()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Flow");

        var made = await app.Api.PostAsJsonAsync(WorkflowRequests.Route, new
        {
            name = "LD", notificationGroupId = app.NotificationGroupId, description = new string('x', 1001), steps = Array.Empty<object>(),
        });
        var changed = await app.PutWorkflowAsync(workflow, new { description = new string('x', 301) });

        Assert.Equal(["description must be shorter than or equal to 1000 characters"], await made.MessagesAsync());
        Assert.Equal(["description must be shorter than or equal to 300 characters"], await changed.MessagesAsync());
    }

    [Fact]
    public async Task Conditions_that_ask_nothing_are_no_conditions()
    {
        await using var app = await CarillonApp.StartAsync();
        var filters = new[] { new { isNegated = false, type = "GROUP", value = "AND", children = Array.Empty<object>() } };

        var made = await app.CreateWorkflowAsync("Flow", new { template = new { type = "in_app", content = "x" }, filters, variants = Array.Empty<object>() });

        Assert.Equal(0, made.Steps()[0].GetProperty("filters")[0].GetProperty("children").GetArrayLength());
    }

    [Fact]
    public async Task A_template_that_does_not_parse_is_refused_naming_the_place()
    {
        await using var app = await CarillonApp.StartAsync();

        var response = await app.PostWorkflowAsync("BH", WorkflowRequests.InApp(), WorkflowRequests.InApp("Hi\n{{name"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(
            "Failed to extract variables: steps.1.template.content, line 2: ", Assert.Single(await response.MessagesAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_of_the_editor_is_cleaned()
    {
        await using var app = await CarillonApp.StartAsync();

        var made = await app.CreateWorkflowAsync("Flow", new
        {
            template = new { type = "email", contentType = "editor", content = new[] { new { type = "text", content = "<b>ok</b><script>alert(1)</script>" } } },
        });

        Assert.Equal("<b>ok</b>", made.Steps()[0].GetProperty("template").GetProperty("content")[0].GetProperty("content").GetString());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Twenty_workflows_of_one_name_made_at_once_have_twenty_identifiers(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.PostWorkflowAsync("Héllo   World!! 123 _-", WorkflowRequests.InApp())));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        var identifiers = (await Task.WhenAll(answers.Select(answer => answer.DataAsync()))).Select(workflow => workflow.Identifier()).ToList();
        Assert.Equal(20, identifiers.Distinct().Count());
        Assert.Single(identifiers, "hello-world-123");
        Assert.All(identifiers, identifier => Assert.StartsWith("hello-world-123", identifier, StringComparison.Ordinal));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_workflow_without_any_letter_still_has_an_identifier(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        Assert.Matches("^[0-9A-Za-z]{9}$", (await app.CreateWorkflowAsync("日本")).Identifier());
        var huge = await app.Api.PostAsJsonAsync(WorkflowRequests.Route, new
        {
            name = new string('x', 300_000), notificationGroupId = app.NotificationGroupId, steps = Array.Empty<object>(),
        });
        Assert.Equal(Slug.MaxLength, (await huge.DataAsync()).Identifier().Length);
    }

    [Fact]
    public async Task A_blueprint_brings_its_group_along()
    {
        await using var app = await CarillonApp.StartAsync();
        object Request(object? group) => new
        {
            name = "BP", notificationGroupId = app.NotificationGroupId, blueprintId = "000000000000000000000000", notificationGroup = group, steps = Array.Empty<object>(),
        };

        var without = await app.Api.PostAsJsonAsync(WorkflowRequests.Route, Request(null));
        var first = await (await app.Api.PostAsJsonAsync(WorkflowRequests.Route, Request(new { name = "Sales" }))).DataAsync();
        var second = await (await app.Api.PostAsJsonAsync(WorkflowRequests.Route, Request(new { name = "Sales" }))).DataAsync();

        Assert.Equal(HttpStatusCode.NotFound, without.StatusCode);
        Assert.Equal(["Notification group was not provided"], await without.MessagesAsync());
        var groupId = first.GetProperty("_notificationGroupId").GetString();
        Assert.NotEqual(app.NotificationGroupId, groupId);
        Assert.Equal(groupId, second.GetProperty("_notificationGroupId").GetString());
    }

    [Fact]
    public async Task The_variables_of_the_system_are_listed()
    {
        await using var app = await CarillonApp.StartAsync();

        Shape.AssertSame(RecordedWorkflows.Variables, await (await app.Api.GetAsync("/v1/workflows/variables")).DataAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await app.Api.GetAsync("/v1/notification-templates/variables")).StatusCode);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_list_shows_the_newest_first_page_by_page(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        foreach (var name in new[] { "First", "ÄPFEL", "Third", "50% off_" }) await app.CreateWorkflowAsync(name);

        async Task<string> Names(string query)
        {
            var page = await (await app.Api.GetAsync($"/v1/workflows?{query}")).JsonAsync();
            var names = page.GetProperty("data").EnumerateArray().Select(workflow => workflow.GetProperty("name").GetString());
            return $"{page.GetProperty("totalCount")}: {string.Join(", ", names)}";
        }

        Assert.Equal("4: 50% off_, Third, ÄPFEL, First", await Names(""));
        Assert.Equal("4: 50% off_, Third, ÄPFEL", await Names("limit=3"));
        Assert.Equal("4: First", await Names("limit=3&page=1"));
        Assert.Equal("1: Third", await Names("query=HIR"));
        Assert.Equal("1: ÄPFEL", await Names("query=%C3%A4pf"));
        Assert.Equal("1: ÄPFEL", await Names("query=apfel"));
        Assert.Equal("1: 50% off_", await Names("query=%25"));
        Assert.Equal("0: ", await Names("query=nope"));
    }

    [Theory]
    [InlineData("limit=101", "limit must not be greater than 100")]
    [InlineData("limit=0", "limit must not be less than 1")]
    [InlineData("page=-1", "page must not be less than 0")]
    [InlineData("limit=abc", "limit must not be greater than 100", "limit must not be less than 1", "limit must be an integer number")]
    public async Task A_page_that_cannot_be_is_refused(string query, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal(complaints, await (await app.Api.GetAsync($"/v1/workflows?{query}")).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_switched_off_workflow_is_a_draft(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Flow");
        var status = $"{workflow.Path()}/status";

        var off = await (await app.Api.PutAsJsonAsync(status, new { active = false })).DataAsync();
        var again = await app.Api.PutAsJsonAsync(status, new { active = false });
        var unknown = await app.Api.PutAsJsonAsync("/v1/workflows/000000000000000000000000/status", new { active = true });

        Assert.False(off.GetProperty("active").GetBoolean());
        Assert.True(off.GetProperty("draft").GetBoolean());
        Assert.Equal(["You must provide a different status from the current status"], await again.MessagesAsync());
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(["Template with id 000000000000000000000000 not found"], await unknown.MessagesAsync());
        Assert.Equal(["active must be a boolean value"], await (await app.Api.PutAsJsonAsync(status, new { active = "x" })).MessagesAsync());
        Assert.Equal(
            ["active should not be null or undefined", "active must be a boolean value"],
            await (await app.Api.PutAsJsonAsync(status, new { })).MessagesAsync());
        Assert.True((await (await app.Api.PutAsJsonAsync(status, new { active = true })).DataAsync()).GetProperty("active").GetBoolean());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_deleted_workflow_is_gone_and_its_identifier_free(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Flow");

        var deleted = await app.Api.DeleteAsync(workflow.Path());
        var again = await app.Api.DeleteAsync(workflow.Path());

        Assert.True((await deleted.DataAsync()).GetBoolean());
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal([$"Could not find workflow with id {workflow.Id()}"], await again.MessagesAsync());
        Assert.Equal([$"Template with id {workflow.Id()} not found"], await (await app.Api.GetAsync(workflow.Path())).MessagesAsync());
        Assert.Equal(["templateId must be a mongodb id"], await (await app.Api.DeleteAsync("/v1/workflows/xyz")).MessagesAsync());
        Assert.Equal("flow", (await app.CreateWorkflowAsync("Flow")).Identifier());
        await using var db = app.OpenDb();
        Assert.True(await db.WorkflowVersions.AnyAsync(version => version.WorkflowId == workflow.Id()));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_workflow_of_another_environment_is_not_there(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Flow");
        var stranger = app.WithKey((await app.RegisterAsync()).ApiKey);

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PutAsJsonAsync($"{workflow.Path()}/status", new { active = false })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.DeleteAsync(workflow.Path())).StatusCode);
        foreach (var other in new[] { stranger, app.WithKey(app.ProductionKey) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(workflow.Path())).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/v1/workflows/flow")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.PutAsJsonAsync(workflow.Path(), new { name = "Mine" })).StatusCode);
            Assert.Equal(0, (await (await other.GetAsync("/v1/workflows")).JsonAsync()).GetProperty("totalCount").GetInt32());
        }

        Assert.Equal(workflow.GetRawText(), (await app.GetWorkflowAsync(workflow)).GetRawText());
    }

    [Fact]
    public async Task Production_takes_no_new_workflows()
    {
        await using var app = await CarillonApp.StartAsync();
        var production = app.WithKey(app.ProductionKey);

        foreach (var path in new[] { "/v1/workflows", "/v1/notification-templates" })
        {
            HttpResponseMessage[] answers =
            [
                await production.PostAsJsonAsync(path, new { }),
                await production.PutAsJsonAsync($"{path}/000000000000000000000000/status", new { }),
                await production.DeleteAsync($"{path}/000000000000000000000000"),
            ];
            foreach (var answer in answers)
            {
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
                Assert.Equal(["This action is only allowed in Development environment"], await answer.MessagesAsync());
            }
        }
    }

    private static IEnumerable<string> Named(JsonElement trigger, string list) => trigger.GetProperty(list).EnumerateArray()
        .Select(variable => $"{variable.GetProperty("name")} {(variable.TryGetProperty("type", out var type) ? type.GetString() : "")}");
}
