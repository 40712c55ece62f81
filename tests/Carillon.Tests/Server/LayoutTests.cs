using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server;

public sealed class LayoutTests
{
    private const string Path = "/v1/layouts";
    private const string Nobody = "000000000000000000000000";

    private const string Recorded = """
        {"_id":"6b04190a039109a7bd9f394f","_environmentId":"6b0418f5039109a7bd9f29ed","_organizationId":"6b0418f5039109a7bd9f29e7",
         "_creatorId":"6b0418f5039109a7bd9f29e4","name":"Lay","identifier":"lay-1","description":"d","variables":[],"content":"<html>{{{body}}}</html>",
         "contentType":"customHtml","isDefault":false,"channel":"email","deleted":false,"createdAt":"2026-11-23T10:44:26.479Z",
         "updatedAt":"2026-11-23T10:44:26.479Z","__v":0,"id":"6b04190a039109a7bd9f394f","isDeleted":false}
        """;

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_layout_is_made_shown_changed_and_removed(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var made = await MakeAsync(app, "lay-1");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = (await made.DataAsync()).Id();
        Shape.AssertSame(Recorded, await (await app.Api.GetAsync($"{Path}/{id}")).DataAsync());
        Assert.Equal([$"Layout with identifier: lay-1 already exists under environment {app.EnvironmentId}"], await (await MakeAsync(app, "lay-1")).MessagesAsync());

        var changed = await app.Api.PatchAsJsonAsync($"{Path}/{id}", new { name = "New", identifier = "lay-1b", content = "<p>{{{body}}}</p>" });
        var expected = Recorded.Replace("\"Lay\"", "\"New\"").Replace("lay-1", "lay-1b").Replace("<html>{{{body}}}</html>", "<p>{{{body}}}</p>");
        Shape.AssertSame(expected, await changed.DataAsync());

        Assert.Equal(HttpStatusCode.NoContent, (await app.Api.DeleteAsync($"{Path}/{id}")).StatusCode);
        var gone = await app.Api.DeleteAsync($"{Path}/{id}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal([$"Layout not found for id {id} in the environment {app.EnvironmentId}"], await gone.MessagesAsync());
        Assert.Equal(HttpStatusCode.Created, (await MakeAsync(app, "lay-1b")).StatusCode);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Every_environment_begins_with_a_default_layout(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        foreach (var client in new[] { app.Api, app.WithKey(app.ProductionKey) })
        {
            var layout = Assert.Single((await (await client.GetAsync(Path)).DataAsync()).EnumerateArray());
            Assert.Equal("novu-default-layout", layout.GetProperty("identifier").GetString());
            Assert.True(layout.GetProperty("isDefault").GetBoolean());
            Assert.Equal(
                ["branding.logo", "preheader", "preheader", "branding.color", "branding.color"],
                layout.GetProperty("variables").EnumerateArray().Select(variable => variable.GetProperty("name").GetString()));
        }
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task There_always_is_one_default_and_never_two(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var first = (await DefaultsAsync(app))[0];
        var ids = new List<string>();
        foreach (var identifier in new[] { "a", "b", "c", "d" })
            ids.Add((await (await MakeAsync(app, identifier)).DataAsync()).Id());

        var answers = await Task.WhenAll(ids.Select(id => app.Api.PostAsJsonAsync($"{Path}/{id}/default", new { })));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        var @default = Assert.Single(await DefaultsAsync(app));
        Assert.Contains(@default, ids);

        var unset = await app.Api.PatchAsJsonAsync($"{Path}/{@default}", new { isDefault = false });
        Assert.Equal((HttpStatusCode.Conflict, "One default layout is required"), (unset.StatusCode, (await unset.MessagesAsync())[0]));
        var deleted = await app.Api.DeleteAsync($"{Path}/{@default}");
        Assert.Equal(HttpStatusCode.Conflict, deleted.StatusCode);
        Assert.Equal([$"Layout with id {@default} is being used as your default layout, so it can not be deleted"], await deleted.MessagesAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await app.Api.DeleteAsync($"{Path}/{first}")).StatusCode);

        var made = await app.Api.PostAsJsonAsync(Path, Layout("e", isDefault: true));
        Assert.Equal([(await made.DataAsync()).Id()], await DefaultsAsync(app));
        Assert.Equal(HttpStatusCode.OK, (await app.Api.PatchAsJsonAsync($"{Path}/{ids[0]}", new { isDefault = true })).StatusCode);
        Assert.Equal([ids[0]], await DefaultsAsync(app));
    }

    [Theory]
    [InlineData("{}", "name should not be null or undefined", "name must be a string", "identifier should not be null or undefined", "identifier must be a string", "content should not be null or undefined")]
    [InlineData("""{"name":1,"identifier":2,"content":3,"isDefault":"x"}""", "name must be a string", "identifier must be a string", "isDefault must be a boolean value")]
    [InlineData("""{"name":"a","identifier":"b","content":3}""", "content must be a string")]
    [InlineData("""{"name":"a","identifier":"b","content":"<html></html>"}""", "Layout content must contain {{{body}}}")]
    [InlineData("""{"name":"a","identifier":"b","content":"<html>{{body}}</html>"}""", "Layout content must contain {{{body}}}")]
    public async Task What_is_wrong_with_a_layout_is_said(string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal(complaints, await (await app.Api.PostTextAsync(Path, body)).MessagesAsync());
    }

    [Fact]
    public async Task A_layout_that_does_not_parse_says_where()
    {
        await using var app = await CarillonApp.StartAsync();

        var refused = await app.Api.PostAsJsonAsync(Path, new { name = "a", identifier = "b", content = "{{{body}}}\n{{#if x}}" });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.StartsWith("Failed to extract variables: content", (await refused.MessagesAsync())[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_says_something()
    {
        await using var app = await CarillonApp.StartAsync();
        var id = (await DefaultsAsync(app))[0];

        Assert.Equal(["Payload can not be empty"], await (await app.Api.PatchAsJsonAsync($"{Path}/{id}", new { })).MessagesAsync());
        Assert.Equal(["name must be a string"], await (await app.Api.PatchAsJsonAsync($"{Path}/{id}", new { name = 5 })).MessagesAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await app.Api.PatchAsJsonAsync($"{Path}/{Nobody}", new { name = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Api.PostAsJsonAsync($"{Path}/{Nobody}/default", new { })).StatusCode);
        Assert.Equal(["layoutId must be a mongodb id"], await (await app.Api.GetAsync($"{Path}/lay-1")).MessagesAsync());
    }

    [Fact]
    public async Task A_layouts_variables_are_read_from_what_it_says()
    {
        await using var app = await CarillonApp.StartAsync();

        var made = await app.Api.PostAsJsonAsync(Path, new
        {
            name = "L",
            identifier = "l",
            content = "{{brand}} {{#if open}}{{{body}}}{{/if}} {{#each items}}{{name}}{{/each}}",
            variables = new object[] { new { name = "brand", type = "String", required = true }, new { name = "unused", type = "String", defaultValue = "x" } },
        });

        var layout = await (await app.Api.GetAsync($"{Path}/{(await made.DataAsync()).Id()}")).DataAsync();
        Shape.AssertSame(
            """
            [{"name":"brand","type":"String","required":true,"defaultValue":"","_id":"6b04190a039109a7bd9f394f","id":"6b04190a039109a7bd9f394f"},
             {"name":"items","type":"Array","required":false,"_id":"6b04190a039109a7bd9f394f","id":"6b04190a039109a7bd9f394f"},
             {"name":"items.name","type":"String","required":false,"defaultValue":"","_id":"6b04190a039109a7bd9f394f","id":"6b04190a039109a7bd9f394f"},
             {"name":"open","type":"Boolean","required":false,"defaultValue":true,"_id":"6b04190a039109a7bd9f394f","id":"6b04190a039109a7bd9f394f"}]
            """,
            layout.GetProperty("variables"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Layouts_are_listed_newest_first_or_as_asked(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await MakeAsync(app, "b", "Bee");
        await MakeAsync(app, "a", "Ant");

        Assert.Equal(["a", "b", "novu-default-layout"], await IdentifiersAsync(app, ""));
        Assert.Equal(["novu-default-layout", "b", "a"], await IdentifiersAsync(app, "?sortBy=createdAt&orderBy=1"));
        Assert.Equal(["a", "b", "novu-default-layout"], await IdentifiersAsync(app, "?sortBy=createdAt&orderBy=ASC"));
        Assert.Equal(["a", "b", "novu-default-layout"], await IdentifiersAsync(app, "?sortBy=name&orderBy=1"));
        Assert.Equal(["a", "b", "novu-default-layout"], await IdentifiersAsync(app, "?orderBy=1"));
        Assert.Equal(["b"], await IdentifiersAsync(app, "?page=1&pageSize=1"));
        Assert.Equal(["page must not be less than 0", "page must be an integer number"], await (await app.Api.GetAsync($"{Path}?page=abc")).MessagesAsync());
        Assert.Equal(["Page size can not be larger then 1000"], await (await app.Api.GetAsync($"{Path}?pageSize=1001")).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_layout_in_use_stays_until_nothing_uses_it(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var id = (await (await MakeAsync(app, "lay-1")).DataAsync()).Id();
        var workflow = await app.CreateWorkflowAsync("Uses", Mail(id));
        Assert.Equal(id, LayoutOf(workflow));

        var refused = await app.Api.DeleteAsync($"{Path}/{id}");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal([$"Layout with id {id} is being used so it can not be deleted"], await refused.MessagesAsync());

        await app.Api.DeleteAsync(workflow.Path());
        Assert.Equal(HttpStatusCode.NoContent, (await app.Api.DeleteAsync($"{Path}/{id}")).StatusCode);
    }

    [Fact]
    public async Task A_mail_without_a_layout_gets_the_default_and_keeps_it()
    {
        await using var app = await CarillonApp.StartAsync();
        var before = (await DefaultsAsync(app))[0];
        var workflow = await app.CreateWorkflowAsync("Mail", Mail(layoutId: null));
        Assert.Equal(before, LayoutOf(workflow));
        await app.Api.PostAsJsonAsync(Path, Layout("other", isDefault: true));

        var step = new { _templateId = workflow.Steps()[0].Id(), template = new { type = "email", contentType = "customHtml", content = "y" } };
        var updated = await app.UpdateWorkflowAsync(workflow, new { steps = new object[] { step, Mail(layoutId: null) } });

        Assert.Equal(before, LayoutOf(updated));
        Assert.Equal((await DefaultsAsync(app))[0], updated.Steps()[1].GetProperty("template").GetProperty("_layoutId").GetString());
    }

    private static object Mail(string? layoutId) => layoutId is null
        ? new { template = new { type = "email", subject = "s", contentType = "customHtml", content = "x" }, active = true }
        : new { template = new { type = "email", subject = "s", contentType = "customHtml", content = "x", layoutId }, active = true };

    private static object Layout(string identifier, string name = "Lay", bool isDefault = false) =>
        new { name, identifier, description = "d", content = "<html>{{{body}}}</html>", isDefault };

    private static Task<HttpResponseMessage> MakeAsync(CarillonApp app, string identifier, string name = "Lay") =>
        app.Api.PostAsJsonAsync(Path, Layout(identifier, name));

    private static string? LayoutOf(JsonElement workflow) => workflow.Steps()[0].GetProperty("template").GetProperty("_layoutId").GetString();

    private static async Task<string[]> DefaultsAsync(CarillonApp app) =>
        [.. (await (await app.Api.GetAsync(Path)).DataAsync()).EnumerateArray().Where(layout => layout.GetProperty("isDefault").GetBoolean()).Select(layout => layout.Id())];

    private static async Task<string?[]> IdentifiersAsync(CarillonApp app, string query) =>
        [.. (await (await app.Api.GetAsync($"{Path}{query}")).DataAsync()).EnumerateArray().Select(layout => layout.GetProperty("identifier").GetString())];
}
