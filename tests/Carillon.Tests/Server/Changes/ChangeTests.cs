using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Changes;

public sealed class ChangeTests
{
    private const string Path = ChangeRequests.Route;
    private const string Nobody = "000000000000000000000000";

    private const string Recorded = """
        {"_id":"6b0419c9039109a7bd9f649b","enabled":false,"type":"NotificationTemplate","change":[
           {"op":"add","path":["preferenceSettings"],"val":{"email":true,"sms":true,"in_app":true,"chat":true,"push":true}},
           {"op":"add","path":["_id"],"val":"6b0419c9039109a7bd9f64a5"},
           {"op":"add","path":["name"],"val":"Promote Me"},
           {"op":"add","path":["description"],"val":"d Promote Me"},
           {"op":"add","path":["active"],"val":true},
           {"op":"add","path":["type"],"val":"REGULAR"},
           {"op":"add","path":["draft"],"val":false},
           {"op":"add","path":["critical"],"val":false},
           {"op":"add","path":["isBlueprint"],"val":false},
           {"op":"add","path":["_notificationGroupId"],"val":"6b0418fe039109a7bd9f3124"},
           {"op":"add","path":["tags"],"val":["tagA","tagB"]},
           {"op":"add","path":["triggers"],"val":[{"type":"event","identifier":"promote-me",
              "variables":[{"name":"x","type":"String","_id":"6b0419c9039109a7bd9f64a7","id":"6b0419c9039109a7bd9f64a7"}],
              "reservedVariables":[],"subscriberVariables":[],"_id":"6b0419c9039109a7bd9f64a6","id":"6b0419c9039109a7bd9f64a6"}]},
           {"op":"add","path":["steps"],"val":[{"metadata":{"timed":{"weekDays":[],"monthDays":[]}},"active":true,"shouldStopOnFail":false,
              "type":"REGULAR","filters":[],"_templateId":"6b0419c9039109a7bd9f649c","_parentId":null,"_id":"6b0419c9039109a7bd9f649c","variants":[],
              "id":"6b0419c9039109a7bd9f649c","template":{"_id":"6b0419c9039109a7bd9f649c","type":"in_app","active":true,"variables":[],
              "content":"p {{x}}","_environmentId":"6b0418f5039109a7bd9f29ed","_organizationId":"6b0418f5039109a7bd9f29e7",
              "_creatorId":"6b0418f5039109a7bd9f29e4","_feedId":null,"_layoutId":null,"deleted":false,"createdAt":"2026-11-23T10:47:37.108Z",
              "updatedAt":"2026-11-23T10:47:37.108Z","__v":0,"id":"6b0419c9039109a7bd9f649c"}}]},
           {"op":"add","path":["origin"],"val":"novu-cloud"},
           {"op":"add","path":["_environmentId"],"val":"6b0418f5039109a7bd9f29ed"},
           {"op":"add","path":["_organizationId"],"val":"6b0418f5039109a7bd9f29e7"},
           {"op":"add","path":["_creatorId"],"val":"6b0418f5039109a7bd9f29e4"},
           {"op":"add","path":["deleted"],"val":false},
           {"op":"add","path":["createdAt"],"val":"2026-11-23T10:47:37.113Z"},
           {"op":"add","path":["updatedAt"],"val":"2026-11-23T10:47:37.113Z"},
           {"op":"add","path":["__v"],"val":0},
           {"op":"add","path":["id"],"val":"6b0419c9039109a7bd9f64a5"}],
         "_environmentId":"6b0418f5039109a7bd9f29ed","_organizationId":"6b0418f5039109a7bd9f29e7","_entityId":"6b0419c9039109a7bd9f64a5",
         "_creatorId":"6b0418f5039109a7bd9f29e4","createdAt":"2026-11-23T10:47:37.118Z","updatedAt":"2026-11-23T10:47:37.118Z","__v":0,
         "id":"6b0419c9039109a7bd9f649b","templateId":"6b0419c9039109a7bd9f64a5","templateName":"Promote Me",
         "user":{"_id":"6b0418f5039109a7bd9f29e4","firstName":"Carillon","id":"6b0418f5039109a7bd9f29e4"}}
        """;

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_workflow_that_was_made_waits_to_be_published(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        await app.CreateWorkflowAsync("Promote Me", WorkflowRequests.InApp("p {{x}}"));

        Shape.AssertSame(Recorded, Assert.Single(await app.ChangesAsync()));
        Assert.Equal(1, (await (await app.Api.GetAsync($"{Path}/count")).DataAsync()).GetInt32());
        Assert.Empty(await app.ChangesAsync(promoted: true));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Applying_a_change_copies_the_workflow_and_answers_what_was_applied(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Promote Me", WorkflowRequests.InApp("p {{x}}"));
        var change = await app.ChangeOfAsync(workflow.Id());

        var first = await app.ApplyAsync(change);
        var again = await app.ApplyAsync(change);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        var applied = await first.DataAsync();
        Assert.Equal(["MessageTemplate", "NotificationTemplate"], Texts(applied, "type"));
        Assert.All(applied.EnumerateArray(), one => Assert.False(one.GetProperty("enabled").GetBoolean()));
        Assert.Equal(change.Id(), applied[0].GetProperty("_parentId").GetString());
        Assert.Equal(workflow.Steps()[0].Id(), applied[0].GetProperty("_entityId").GetString());
        Assert.All((await again.DataAsync()).EnumerateArray(), one => Assert.True(one.GetProperty("enabled").GetBoolean()));

        var copy = await (await app.Production.GetAsync("/v1/workflows/promote-me")).DataAsync();
        Assert.Equal(workflow.Id(), copy.GetProperty("_parentId").GetString());
        Assert.Equal(app.ProductionId, copy.GetProperty("_environmentId").GetString());
        var (made, step) = (workflow.Steps()[0], copy.Steps()[0]);
        Assert.Equal(made.Id(), step.Id());
        Assert.NotEqual(made.Id(), step.GetProperty("_templateId").GetString());
        Assert.Equal(made.Id(), step.GetProperty("template").GetProperty("_parentId").GetString());
        Assert.Equal("p {{x}}", step.GetProperty("template").GetProperty("content").GetString());
        Assert.Empty(await app.ChangesAsync());
        Assert.Single(await app.ChangesAsync(promoted: true));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_changed_since_then_is_all_that_is_told(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Promote Me");
        await app.PublishAsync();

        await app.UpdateWorkflowAsync(workflow, new { name = "Promote Me 2" });
        var renamed = await app.ChangeOfAsync(workflow.Id());
        Assert.Equal(["name", "updatedAt"], Paths(renamed));
        Assert.Equal(
            ("update", "Promote Me 2", "Promote Me"),
            (Line(renamed, 0, "op"), Line(renamed, 0, "val"), Line(renamed, 0, "oldVal")));

        await app.Api.DeleteAsync(workflow.Path());
        var deleted = await app.ChangeOfAsync(workflow.Id());
        Assert.Equal(renamed.Id(), deleted.Id());
        Assert.Equal(["name", "deleted", "updatedAt", "deletedAt"], Paths(deleted));
        Assert.Equal("Promote Me 2", deleted.GetProperty("templateName").GetString());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Layouts_feeds_and_groups_wait_as_well_and_belong_to_the_workflow_that_uses_them(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var feed = await (await app.Api.PostAsJsonAsync("/v1/feeds", new { name = "news" })).DataAsync();
        var layout = await (await app.Api.PostAsJsonAsync("/v1/layouts", new { name = "L", identifier = "l", content = "{{{body}}}" })).DataAsync();
        var group = await (await app.Api.PostAsJsonAsync("/v1/notification-groups", new { name = "G" })).DataAsync();
        Assert.Equal(["NotificationGroup", "Layout", "Feed"], (await app.ChangesAsync()).Select(change => change.GetProperty("type").GetString()));
        Assert.Equal(["G", "L", "news"], (await app.ChangesAsync()).Select(change => change.GetProperty("templateName").GetString()));

        var workflow = await app.CreateWorkflowAsync(
            "Uses both",
            new { template = new { type = "in_app", content = "x", feedId = feed.Id() }, active = true },
            new { template = new { type = "email", contentType = "customHtml", content = "x", layoutId = layout.Id() }, active = true });

        Assert.Equal(["NotificationTemplate", "NotificationGroup"], (await app.ChangesAsync()).Select(change => change.GetProperty("type").GetString()));
        var applied = await (await app.ApplyAsync(await app.ChangeOfAsync(workflow.Id()))).DataAsync();
        Assert.Equal(["Feed", "Layout", "MessageTemplate", "MessageTemplate", "NotificationTemplate"], Texts(applied, "type"));
        Assert.Equal(group.Id(), Assert.Single(await app.ChangesAsync()).GetProperty("_entityId").GetString());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_a_workflow_needs_comes_with_it_also_when_it_was_not_asked_for(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var group = await (await app.Api.PostAsJsonAsync("/v1/notification-groups", new { name = "G" })).DataAsync();
        var workflow = await (await app.Api.PostAsJsonAsync(WorkflowRequests.Route, new
        {
            name = "Needs", notificationGroupId = group.Id(), active = true, steps = new[] { WorkflowRequests.InApp() },
        })).DataAsync();

        await app.ApplyAsync(await app.ChangeOfAsync(workflow.Id()));

        var copy = await (await app.Production.GetAsync("/v1/workflows/needs")).DataAsync();
        var groups = await (await app.Production.GetAsync("/v1/notification-groups")).DataAsync();
        var copied = groups.EnumerateArray().Single(one => one.GetProperty("name").GetString() == "G");
        Assert.Equal(copied.Id(), copy.GetProperty("_notificationGroupId").GetString());
        Assert.Empty(await app.ChangesAsync());
    }

    [Fact]
    public async Task A_workflow_whose_group_is_gone_stays_where_it_is()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Lost");
        await app.Api.DeleteAsync($"/v1/notification-groups/{app.NotificationGroupId}");
        foreach (var group in (await (await app.Production.GetAsync("/v1/notification-groups")).DataAsync()).EnumerateArray())
            await app.Production.DeleteAsync($"/v1/notification-groups/{group.Id()}");

        var refused = await app.ApplyAsync(await app.ChangeOfAsync(workflow.Id()));

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal([$"Notification Group Id {app.NotificationGroupId} not found, Notification Template: Lost"], await refused.MessagesAsync());
        Assert.False((await app.ChangeOfAsync(workflow.Id())).GetProperty("enabled").GetBoolean());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Many_who_apply_one_change_at_once_make_one_copy(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Wanted");
        var change = await app.ChangeOfAsync(workflow.Id());

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.ApplyAsync(change)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await (await app.Production.GetAsync("/v1/workflows")).DataAsync()).EnumerateArray());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Nothing_is_lost_between_those_who_write_and_those_who_publish(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Busy");
        var change = await app.ChangeOfAsync(workflow.Id());

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(n =>
            n % 2 == 0 ? app.PutWorkflowAsync(workflow, new { description = $"{n}" }) : app.ApplyAsync(change)));

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}"));
        await app.PublishAsync();
        var (made, copy) = (await app.GetWorkflowAsync(workflow), await (await app.Production.GetAsync("/v1/workflows/busy")).DataAsync());
        Assert.Equal(made.GetProperty("description").GetString(), copy.GetProperty("description").GetString());
    }

    [Fact]
    public async Task From_Production_nothing_is_published_any_further()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.Production.PostAsJsonAsync("/v1/feeds", new { name = "pf" });
        var change = (await (await app.Production.GetAsync($"{Path}?promoted=false")).DataAsync())[0];

        var refused = await app.Production.PostAsJsonAsync($"{Path}/{change.Id()}/apply", new { });

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal([$"Environment {app.ProductionId} not found"], await refused.MessagesAsync());
    }

    [Fact]
    public async Task What_is_asked_for_must_be_said()
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal(
            ["promoted should not be null or undefined", "promoted must be a string"], await (await app.Api.GetAsync(Path)).MessagesAsync());
        Assert.Equal(["Parent Change not found"], await (await app.Api.PostAsJsonAsync($"{Path}/{Nobody}/apply", new { })).MessagesAsync());
        Assert.Equal(["changeId must be a mongodb id"], await (await app.Api.PostAsJsonAsync($"{Path}/zz/apply", new { })).MessagesAsync());
        Assert.Equal(["each value in changeIds must be a string"], await BulkAsync(app, "{}"));
        Assert.Equal(["changeIds must be an array"], await BulkAsync(app, """{"changeIds":"x"}"""));
        Assert.Equal(["each value in changeIds must be a mongodb id"], await BulkAsync(app, """{"changeIds":["zz"]}"""));
        var none = await app.Api.PostAsJsonAsync($"{Path}/bulk/apply", new { changeIds = new[] { Nobody } });
        Assert.Equal((HttpStatusCode.Created, "[]"), (none.StatusCode, (await none.DataAsync()).GetRawText()));
    }

    private static async Task<string[]> BulkAsync(CarillonApp app, string body) =>
        await (await app.Api.PostTextAsync($"{Path}/bulk/apply", body)).MessagesAsync();

    private static string?[] Texts(JsonElement list, string name) => [.. list.EnumerateArray().Select(item => item.GetProperty(name).GetString())];

    private static string[] Paths(JsonElement change) =>
        [.. change.GetProperty("change").EnumerateArray().Select(line => string.Join('.', line.GetProperty("path").EnumerateArray()))];

    private static string? Line(JsonElement change, int index, string name) => change.GetProperty("change")[index].GetProperty(name).GetString();
}
