using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Server.Inboxes;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server;

public sealed class FeedTests
{
    private const string Path = "/v1/feeds";

    private const string Recorded = """
        {"name":"feed one","identifier":"feed one","_organizationId":"6b0418f5039109a7bd9f29e7","_environmentId":"6b0418f5039109a7bd9f29ed",
         "_id":"6b04190e039109a7bd9f3b00","deleted":false,"createdAt":"2026-11-23T10:44:30.492Z","updatedAt":"2026-11-23T10:44:30.492Z","__v":0,
         "id":"6b04190e039109a7bd9f3b00"}
        """;

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_feed_is_made_once_listed_and_removed(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var made = await MakeAsync(app, "feed one");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var feed = await made.DataAsync();
        Shape.AssertSame(Recorded, feed);
        var again = await MakeAsync(app, "feed one");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(["Feed with identifier: feed one already exists"], await again.MessagesAsync());
        await MakeAsync(app, "feed two");
        Assert.Equal(["feed one", "feed two"], Names(await (await app.Api.GetAsync(Path)).DataAsync()));

        var left = await app.Api.DeleteAsync($"{Path}/{feed.Id()}");
        Assert.Equal(["feed two"], Names(await left.DataAsync()));
        var gone = await app.Api.DeleteAsync($"{Path}/{feed.Id()}");
        Assert.Equal(HttpStatusCode.BadRequest, gone.StatusCode);
        Assert.Equal([$"Could not find feed with id {feed.Id()}"], await gone.MessagesAsync());
        Assert.Equal(HttpStatusCode.Created, (await MakeAsync(app, "feed one")).StatusCode);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Of_many_who_make_one_feed_at_once_one_wins(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MakeAsync(app, "wanted")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Created), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
    }

    [Theory]
    [InlineData("{}", "name should not be null or undefined", "name must be a string")]
    [InlineData("""{"name":1}""", "name must be a string")]
    public async Task A_feed_needs_a_name(string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal(complaints, await (await app.Api.PostTextAsync(Path, body)).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Messages_are_found_in_the_feed_of_their_step(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var feed = await (await MakeAsync(app, "feed one")).DataAsync();
        await MakeAsync(app, "empty");
        var inFeed = await app.CreateWorkflowAsync("In", InFeed(feed.Id()));
        var outside = await app.CreateWorkflowAsync("Out", WorkflowRequests.InApp("outside"));
        Assert.Equal(feed.Id(), inFeed.Steps()[0].GetProperty("template").GetProperty("_feedId").GetString());
        foreach (var workflow in new[] { inFeed, outside })
            await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann", payload = new { name = "World" } });
        await app.SettledAsync();

        Assert.Equal(["in feed World"], await FeedAsync(app, "feedIdentifier=feed%20one"));
        Assert.Equal(["in feed World"], await FeedAsync(app, "feedIdentifier=feed%20one&feedIdentifier=zz"));
        Assert.Empty(await FeedAsync(app, "feedIdentifier=empty"));
        Assert.Empty(await FeedAsync(app, "feedIdentifier=zz"));
        Assert.Equal(2, (await FeedAsync(app, "")).Length);
        var unseen = await (await app.Api.GetAsync("/v1/subscribers/ann/notifications/unseen?feedIdentifier=feed%20one")).DataAsync();
        Assert.Equal(1, unseen.GetProperty("count").GetInt32());
        var marked = await app.Api.PostAsJsonAsync("/v1/subscribers/ann/messages/mark-all", new { markAs = "read", feedIdentifier = "feed one" });
        Assert.Equal(1, (await marked.DataAsync()).GetInt32());

        var emptied = await (await app.InboxOfAsync("ann")).DeleteAsync($"/v1/widgets/messages?feedId={feed.Id()}");
        Assert.Equal(HttpStatusCode.NoContent, emptied.StatusCode);
        Assert.Equal(["outside"], await FeedAsync(app, ""));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_feed_in_use_stays_until_nothing_uses_it(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var feed = await (await MakeAsync(app, "feed one")).DataAsync();
        var workflow = await app.CreateWorkflowAsync("In", InFeed(feed.Id()));

        var refused = await app.Api.DeleteAsync($"{Path}/{feed.Id()}");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["Can not delete feed that has existing message"], await refused.MessagesAsync());

        await app.UpdateWorkflowAsync(workflow, new { steps = new[] { WorkflowRequests.InApp() } });
        Assert.Equal(HttpStatusCode.OK, (await app.Api.DeleteAsync($"{Path}/{feed.Id()}")).StatusCode);
    }

    [Fact]
    public async Task A_step_names_a_feed_that_is_there()
    {
        await using var app = await CarillonApp.StartAsync();

        var refused = await app.PostWorkflowAsync("In", InFeed("000000000000000000000000"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["steps.0.template.feedId: feed with id 000000000000000000000000 not found"], await refused.MessagesAsync());
    }

    [Fact]
    public async Task A_variant_names_a_feed_that_is_there()
    {
        await using var app = await CarillonApp.StartAsync();
        object[] children = [new { on = "payload", field = "a", value = "b", @operator = "EQUAL" }];
        var variant = new { template = new { type = "in_app", content = "x", feedId = "000000000000000000000000" }, filters = new[] { new { value = "AND", children } } };

        var refused = await app.PostWorkflowAsync("In", new { template = new { type = "in_app", content = "x" }, variants = new[] { variant } });

        Assert.Equal(["steps.0.variants.0.template.feedId: feed with id 000000000000000000000000 not found"], await refused.MessagesAsync());
    }

    private static object InFeed(string feedId) => new { template = new { type = "in_app", content = "in feed {{name}}", feedId }, active = true };

    private static Task<HttpResponseMessage> MakeAsync(CarillonApp app, string name) => app.Api.PostAsJsonAsync(Path, new { name });

    private static string?[] Names(JsonElement list) => [.. list.EnumerateArray().Select(feed => feed.GetProperty("name").GetString())];

    private static async Task<string?[]> FeedAsync(CarillonApp app, string query)
    {
        var page = await (await app.Api.GetAsync($"/v1/subscribers/ann/notifications/feed?{query}")).JsonAsync();
        return [.. page.GetProperty("data").EnumerateArray().Select(message => message.GetProperty("content").GetString())];
    }
}
