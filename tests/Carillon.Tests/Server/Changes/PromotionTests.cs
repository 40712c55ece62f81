using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Changes;

/// <summary>Whatever is made, edited and deleted in Development, Production equals it once that has been applied, and works.</summary>
public sealed class PromotionTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Production_equals_Development_each_time_and_works(Store store)
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(store, peer);
        await AssertEqualAsync(app);

        var feed = await MakeAsync(app, "/v1/feeds", new { name = "news" });
        var layout = await MakeAsync(app, "/v1/layouts", new { name = "Letter", identifier = "letter", content = "<html><h1>{{brand}}</h1>{{{body}}}</html>" });
        var group = await MakeAsync(app, "/v1/notification-groups", new { name = "Campaigns" });
        var workflow = await MakeAsync(app, WorkflowRequests.Route, new
        {
            name = "Release",
            notificationGroupId = group.Id(),
            description = "d",
            active = true,
            critical = false,
            tags = new[] { "a" },
            preferenceSettings = new { sms = false },
            data = new { k = 1 },
            steps = new object[]
            {
                new { template = new { type = "in_app", content = "news of {{version}}", feedId = feed.Id() }, active = true, name = "inbox", variants = new[] { Variant(feed.Id(), "beta {{version}}") } },
                new { template = new { type = "email", contentType = "customHtml", subject = "S {{version}}", content = "<b>{{version}}</b>", layoutId = layout.Id() }, active = true },
            },
        });
        Assert.NotEqual(await ChangeRequests.ContentsAsync(app.Api), await ChangeRequests.ContentsAsync(app.Production));
        await app.PublishAsync();
        await AssertEqualAsync(app);
        Assert.Equal("<html><h1>Acme</h1><b>1.0</b></html>", await MailAsync(app, peer, "release", "1.0"));
        Assert.Equal(["news of 1.0"], await NewsAsync(app));
        await TriggerAsync(app, "release", "beta");
        await app.SettledAsync();
        Assert.Equal(["beta beta", "news of 1.0"], await NewsAsync(app));

        await app.Api.PatchAsJsonAsync($"/v1/layouts/{layout.Id()}", new { name = "Letter 2", identifier = "letter-2", content = "<html><h2>{{brand}}</h2>{{{body}}}</html>" });
        await app.Api.PatchAsJsonAsync($"/v1/notification-groups/{group.Id()}", new { name = "Campaigns 2" });
        await app.UpdateWorkflowAsync(workflow, new
        {
            name = "Release 2",
            identifier = "release-2",
            critical = true,
            tags = new[] { "b" },
            preferenceSettings = new { push = false },
            steps = new object[]
            {
                new
                {
                    _templateId = workflow.Steps()[0].Id(),
                    template = new { type = "in_app", content = "news {{version}}", feedId = feed.Id() },
                    active = true,
                    variants = new[] { Variant(feed.Id(), "gamma {{version}}"), Variant("", "delta") },
                },
                new { _templateId = workflow.Steps()[1].Id(), template = new { type = "email", contentType = "customHtml", content = "<i>{{version}}</i>" }, active = true },
                WorkflowRequests.InApp("{{version}} is new"),
            },
        });
        await app.PublishAsync();
        await AssertEqualAsync(app);
        Assert.Equal("<html><h2>Acme</h2><i>2.0</i></html>", await MailAsync(app, peer, "release-2", "2.0"));

        await app.Api.DeleteAsync(workflow.Path());
        await app.Api.DeleteAsync($"/v1/layouts/{layout.Id()}");
        await app.Api.DeleteAsync($"/v1/feeds/{feed.Id()}");
        await app.Api.DeleteAsync($"/v1/notification-groups/{group.Id()}");
        await app.PublishAsync();
        await AssertEqualAsync(app);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TriggerAsync(app, "release-2", "3.0")).StatusCode);
        Assert.Empty(await app.ChangesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_default_layout_moves_there_when_it_moved_here(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await MakeAsync(app, "/v1/layouts", new { name = "A", identifier = "a", content = "a{{{body}}}", isDefault = true });
        await app.PublishAsync();
        await AssertEqualAsync(app);

        var other = await MakeAsync(app, "/v1/layouts", new { name = "B", identifier = "b", content = "b{{{body}}}" });
        await app.PublishAsync();
        await app.Api.PostAsJsonAsync($"/v1/layouts/{other.Id()}/default", new { });
        var change = Assert.Single(await app.ChangesAsync());
        Assert.Equal(
            ("DefaultLayout", "A", "B"),
            (Text(change, "type"), Text(change, "templateName"), Text(change, "previousDefaultLayout")));
        await app.ApplyAsync(change);
        await AssertEqualAsync(app);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_layout_that_a_workflow_brings_along_does_not_become_the_default(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var layout = await MakeAsync(app, "/v1/layouts", new { name = "A", identifier = "a", content = "a{{{body}}}", isDefault = true });
        var workflow = await app.CreateWorkflowAsync(
            "Mail", new { template = new { type = "email", contentType = "customHtml", content = "x", layoutId = layout.Id() }, active = true });

        await app.ApplyAsync(await app.ChangeOfAsync(workflow.Id()));

        var layouts = (await (await app.Production.GetAsync("/v1/layouts")).DataAsync()).EnumerateArray().ToDictionary(one => Text(one, "identifier")!);
        Assert.True(layouts["novu-default-layout"].GetProperty("isDefault").GetBoolean());
        Assert.False(layouts["a"].GetProperty("isDefault").GetBoolean());
        await app.PublishAsync();
        await AssertEqualAsync(app);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_feed_that_was_replaced_by_one_of_the_same_name_stays(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var first = await MakeAsync(app, "/v1/feeds", new { name = "news" });
        await app.PublishAsync();
        await app.Api.DeleteAsync($"/v1/feeds/{first.Id()}");
        var second = await MakeAsync(app, "/v1/feeds", new { name = "news" });

        await app.ApplyAsync(await app.ChangeOfAsync(second.Id()));
        await app.PublishAsync();

        await AssertEqualAsync(app);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_is_used_there_is_not_deleted_there_and_nothing_of_it_is_half_done(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var feed = await MakeAsync(app, "/v1/feeds", new { name = "news" });
        var workflow = await app.CreateWorkflowAsync("Uses", new { template = new { type = "in_app", content = "x", feedId = feed.Id() }, active = true });
        await app.PublishAsync();
        await app.UpdateWorkflowAsync(workflow, new { steps = new[] { WorkflowRequests.InApp() } });
        await app.Api.DeleteAsync($"/v1/feeds/{feed.Id()}");

        var deletion = await app.ChangeOfAsync(feed.Id());
        var refused = await app.ApplyAsync(deletion);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["Can not delete feed that has existing message"], await refused.MessagesAsync());
        Assert.False((await app.ChangeOfAsync(feed.Id())).GetProperty("enabled").GetBoolean());

        await app.ApplyAsync(await app.ChangeOfAsync(workflow.Id()));
        Assert.Equal(HttpStatusCode.Created, (await app.ApplyAsync(deletion)).StatusCode);
        await AssertEqualAsync(app);
    }

    [Fact]
    public async Task What_was_edited_in_Production_is_overwritten_by_the_next_publication()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Edited");
        await app.PublishAsync();
        var copy = await (await app.Production.GetAsync("/v1/workflows/edited")).DataAsync();
        var step = new { _id = copy.Steps()[0].Id(), template = new { type = "in_app", content = "edited there" } };
        var edited = await (await app.Production.PutAsJsonAsync(copy.Path(), new { name = "Other", steps = new[] { step } })).DataAsync();
        Assert.Equal(copy.Steps()[0].GetProperty("_templateId").GetString(), edited.Steps()[0].GetProperty("_templateId").GetString());

        await app.UpdateWorkflowAsync(workflow, new { description = "new" });
        await app.PublishAsync();

        await AssertEqualAsync(app);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_the_team_decided_about_a_workflow_goes_with_it(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var me = await app.RegisterAsync("me");
        var development = app.WithToken(me.Token, me.EnvironmentId);
        var production = app.WithToken(me.Token, await ProductionOfAsync(development));
        var group = (await (await development.GetAsync("/v1/notification-groups")).DataAsync())[0].Id();
        var wanted = new { name = "Decided", notificationGroupId = group, active = true, steps = new[] { WorkflowRequests.InApp() } };
        var workflow = await (await development.PostAsJsonAsync(WorkflowRequests.Route, wanted)).DataAsync();
        var decision = new { workflowId = workflow.Id(), preferences = new { workflow = new { enabled = true, readOnly = true }, channels = new { email = new { enabled = false } } } };
        await development.PostAsJsonAsync("/v1/preferences", decision);

        await PublishAsync(development);
        var copy = await (await production.GetAsync("/v1/workflows/decided")).DataAsync();
        var there = await (await production.GetAsync($"/v1/preferences?workflowId={copy.Id()}")).DataAsync();
        Assert.True(there.GetProperty("preferences").GetProperty("all").GetProperty("readOnly").GetBoolean());
        Assert.False(there.GetProperty("preferences").GetProperty("channels").GetProperty("email").GetProperty("enabled").GetBoolean());

        await development.DeleteAsync($"/v1/preferences?workflowId={workflow.Id()}");
        await development.PutAsJsonAsync(workflow.Path(), new { description = "again" });
        await PublishAsync(development);
        Assert.Equal(HttpStatusCode.BadRequest, (await production.GetAsync($"/v1/preferences?workflowId={copy.Id()}")).StatusCode);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Publications_and_edits_there_at_once_have_one_winner_and_no_failure(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Raced");
        await app.PublishAsync();
        var copy = await (await app.Production.GetAsync("/v1/workflows/raced")).DataAsync();

        for (var round = 0; round < 3; round++)
        {
            await app.UpdateWorkflowAsync(workflow, new { name = $"Round {round}" });
            var change = await app.ChangeOfAsync(workflow.Id());
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(one => one % 2 == 0
                ? app.ApplyAsync(change)
                : app.Production.PutAsJsonAsync(copy.Path(), new { name = $"Edit {round}.{one}", steps = new[] { WorkflowRequests.InApp($"edit {one}") } })));
            Assert.All(answers, answer => Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}"));

            var shown = Text(await (await app.Production.GetAsync(copy.Path())).DataAsync(), "name");
            Assert.True(shown == $"Round {round}" || shown!.StartsWith($"Edit {round}.", StringComparison.Ordinal), shown);
        }

        await app.UpdateWorkflowAsync(workflow, new { name = "Last" });
        await app.PublishAsync();
        await AssertEqualAsync(app);
    }

    [Fact]
    public async Task An_identifier_that_is_taken_there_is_said_so()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.CreateWorkflowAsync("One");
        await app.PublishAsync();
        var copy = await (await app.Production.GetAsync("/v1/workflows/one")).DataAsync();
        await app.Production.PutAsJsonAsync(copy.Path(), new { identifier = "two" });
        var second = await app.CreateWorkflowAsync("Two");

        var refused = await app.ApplyAsync(await app.ChangeOfAsync(second.Id()));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["Workflow with identifier two already exists"], await refused.MessagesAsync());
    }

    private static async Task<string> ProductionOfAsync(HttpClient calls) =>
        (await (await calls.GetAsync("/v1/environments")).DataAsync()).EnumerateArray().Single(one => Text(one, "name") == "Production").Id();

    private static async Task PublishAsync(HttpClient calls)
    {
        var changes = await (await calls.GetAsync($"{ChangeRequests.Route}?promoted=false&limit=100")).DataAsync();
        await (await calls.PostAsJsonAsync($"{ChangeRequests.Route}/bulk/apply", new { changeIds = changes.EnumerateArray().Select(change => change.Id()) })).DataAsync();
    }

    private static object Variant(string feedId, string content) => new
    {
        template = new { type = "in_app", content, feedId },
        active = true,
        filters = new[]
        {
            new { isNegated = false, type = "GROUP", value = "AND", children = new[] { new { on = "payload", field = "version", value = "beta", @operator = "EQUAL" } } },
        },
    };

    private static async Task<CarillonApp> StartAsync(Store store, HttpPeer peer)
    {
        var app = await CarillonApp.StartAsync(store, settings: ("Carillon:Outbound:Allow:0", "127.0.0.0/8"));
        await app.Production.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "email-webhook",
            channel = "email",
            credentials = new { webhookUrl = peer.Url, secretKey = "secret", from = "hook@example.com" },
            active = true,
            check = false,
        });
        return app;
    }

    private static async Task<JsonElement> MakeAsync(CarillonApp app, string path, object body) =>
        await (await app.Api.PostAsJsonAsync(path, body)).DataAsync();

    private static async Task AssertEqualAsync(CarillonApp app) =>
        Assert.Equal(await ChangeRequests.ContentsAsync(app.Api), await ChangeRequests.ContentsAsync(app.Production));

    private static Task<HttpResponseMessage> TriggerAsync(CarillonApp app, string name, string version) => app.Production.PostAsJsonAsync(
        "/v1/events/trigger", new { name, to = new { subscriberId = "ann", email = "ann@example.com" }, payload = new { version, brand = "Acme" } });

    private static async Task<string?> MailAsync(CarillonApp app, HttpPeer peer, string name, string version)
    {
        await TriggerAsync(app, name, version);
        await app.SettledAsync();
        return (string?)peer.Received.Last().Json!["html"];
    }

    private static async Task<string?[]> NewsAsync(CarillonApp app)
    {
        var page = await (await app.Production.GetAsync("/v1/subscribers/ann/notifications/feed?feedIdentifier=news")).DataAsync();
        return [.. page.EnumerateArray().Select(message => Text(message, "content"))];
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
