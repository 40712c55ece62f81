using System.Net;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server;

public sealed class NotificationTests
{
    private const string Route = "/v1/notifications";

    private const string Recorded = """
        {"_id":"6b0419a684bdffcfdc32a2a4","_templateId":"6b0418f5039109a7bd9f2a5b","_environmentId":"6b0418f5039109a7bd9f29ed",
         "_organizationId":"6b0418f5039109a7bd9f29e7","_subscriberId":"6b0418f5039109a7bd9f2a3e","transactionId":"ac-1","channels":["in_app"],
         "to":{"subscriberId":"ann"},"payload":{"name":"World"},"expireAt":"2026-12-23T10:47:02.799Z","tags":["tagA","tagB"],
         "createdAt":"2026-11-23T10:47:02.799Z","updatedAt":"2026-11-23T10:47:02.799Z","__v":0,
         "template":{"_id":"6b0418f5039109a7bd9f2a5b","name":"Greet","triggers":[{"type":"event","identifier":"greet",
           "variables":[{"name":"name","type":"String","_id":"6b0418f5039109a7bd9f2a5d","id":"6b0418f5039109a7bd9f2a5d"}],
           "reservedVariables":[],"subscriberVariables":[],"_id":"6b0418f5039109a7bd9f2a5c","id":"6b0418f5039109a7bd9f2a5c"}],
           "id":"6b0418f5039109a7bd9f2a5b"},
         "subscriber":{"_id":"6b0418f5039109a7bd9f2a3e","subscriberId":"ann","id":"6b0418f5039109a7bd9f2a3e"},
         "id":"6b0419a684bdffcfdc32a2a4"}
        """;

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_notification_is_shown_as_recorded_with_its_account(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await NotifyAsync(app, "ac-1", "ann");

        var page = await (await app.Api.GetAsync(Route)).JsonAsync();

        Assert.Equal((0, false, 10), (page.GetProperty("page").GetInt32(), page.GetProperty("hasMore").GetBoolean(), page.GetProperty("pageSize").GetInt32()));
        var shown = page.GetProperty("data")[0];
        Shape.AssertSame(Recorded, Without(shown, "jobs"));
        var job = shown.GetProperty("jobs")[0];
        Assert.Equal(("completed", "in_app", "novu"), (Text(job, "status"), Text(job, "type"), Text(job, "providerId")));
        Assert.Equal(
            ["Step created", "Step queued", "Start sending message", "Message created", "Message sent"],
            job.GetProperty("executionDetails").EnumerateArray().Select(line => Text(line, "detail")));
        var one = await (await app.Api.GetAsync($"{Route}/{Text(shown, "_id")}")).DataAsync();
        Assert.Equal(shown.GetRawText(), one.GetRawText());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Each_filter_leaves_what_it_says(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await NotifyAsync(app, "tx-1", "ann");
        await app.TriggeredAsync(new { name = "greet", to = new { subscriberId = "bob", email = "Bob@example.com" }, transactionId = "tx-2" });
        await app.SettledAsync();

        foreach (var (query, people) in new (string, string[])[]
        {
            ("", ["bob", "ann"]), ("channels=in_app", ["bob", "ann"]), ("channels=email", []), ("channels=email&channels=in_app", ["bob", "ann"]),
            ($"templates={workflow.Id()}", ["bob", "ann"]), ("templates=6b0418f5039109a7bd9f2a5b", []), ("transactionId=tx-1", ["ann"]),
            ("transactionId=nope", []), ("subscriberIds=ann", ["ann"]), ("emails=Bob@example.com", ["bob"]), ("search=bob@EXAMPLE", ["bob"]),
            ("search=ann", ["ann"]), ("search=zzz", []), ("page=1", []),
        })
        {
            var page = await (await app.Api.GetAsync($"{Route}?{query}")).JsonAsync();
            Assert.Equal(people.Order(), page.GetProperty("data").EnumerateArray().Select(item => Text(item.GetProperty("to"), "subscriberId")).Order());
        }
    }

    [Theory]
    [InlineData("?page=abc", "page must be a number conforming to the specified constraints")]
    [InlineData("?page=-1", "page must not be less than 0")]
    [InlineData("?channels=zzz", "each value in channels must be one of the following values: in_app, email, sms, chat, push")]
    [InlineData("?templates=zz", "each value in templates must be a mongodb id")]
    [InlineData("/zz", "notificationId must be a mongodb id")]
    [InlineData("/graph/stats?days=abc", "days must be a number conforming to the specified constraints")]
    public async Task A_wrong_question_is_explained(string path, string complaint)
    {
        await using var app = await CarillonApp.StartAsync();

        var answer = await app.Api.GetAsync(Route + path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([complaint], await answer.MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task They_are_counted_by_week_month_and_day(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await NotifyAsync(app, "tx-1", "ann", "bob");

        var counts = await (await app.Api.GetAsync($"{Route}/stats")).DataAsync();
        var days = await (await app.Api.GetAsync($"{Route}/graph/stats")).DataAsync();
        var none = await (await app.Api.GetAsync($"{Route}/graph/stats?days=-1")).DataAsync();

        Assert.Equal((2, 2), (counts.GetProperty("weeklySent").GetInt32(), counts.GetProperty("monthlySent").GetInt32()));
        Assert.Equal((2, workflow.Id(), "in_app"), (days[0].GetProperty("count").GetInt32(), days[0].GetProperty("templates")[0].GetString(), days[0].GetProperty("channels")[0].GetString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", Text(days[0], "_id"));
        Assert.Equal(0, none.GetArrayLength());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_account_of_one_can_be_asked_for_by_itself(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await NotifyAsync(app, "tx-1", "ann");
        var id = Text((await (await app.Api.GetAsync(Route)).JsonAsync()).GetProperty("data")[0], "_id");

        var lines = await (await app.Api.GetAsync($"/v1/execution-details?notificationId={id}&subscriberId=ann")).DataAsync();

        Assert.Equal(
            ["trigger: Step created", "in_app: Step created", "trigger: Step queued", "trigger: Start sending message", "in_app: Step queued", "in_app: Start sending message", "in_app: Message created", "in_app: Message sent"],
            lines.EnumerateArray().Select(line => $"{Text(line, "channel")}: {Text(line, "detail")}"));
        Assert.All(lines.EnumerateArray(), line => Assert.Equal(("tx-1", id), (Text(line, "transactionId"), Text(line, "_notificationId"))));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Api.GetAsync($"/v1/execution-details?notificationId={id}&subscriberId=zed")).StatusCode);
        Assert.Equal(
            ["notificationId should not be null or undefined", "notificationId must be a mongodb id", "subscriberId should not be null or undefined", "subscriberId must be a string"],
            await (await app.Api.GetAsync("/v1/execution-details")).MessagesAsync());
    }

    [Fact]
    public async Task Another_environment_sees_nothing_of_it()
    {
        await using var app = await CarillonApp.StartAsync();
        await NotifyAsync(app, "tx-1", "ann");
        var id = Text((await (await app.Api.GetAsync(Route)).JsonAsync()).GetProperty("data")[0], "_id");
        var production = app.WithKey(app.ProductionKey);

        Assert.Equal(0, (await (await production.GetAsync(Route)).JsonAsync()).GetProperty("data").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, (await (await production.GetAsync($"{Route}/{id}")).DataAsync()).ValueKind);
        Assert.Equal(0, (await (await production.GetAsync($"{Route}/stats")).DataAsync()).GetProperty("weeklySent").GetInt32());
        Assert.Equal(0, (await (await production.GetAsync($"{Route}/graph/stats")).DataAsync()).GetArrayLength());
    }

    private static async Task<JsonElement> NotifyAsync(CarillonApp app, string transactionId, params string[] to)
    {
        var workflow = await app.CreateWorkflowAsync("Greet");
        await app.TriggeredAsync(new { name = workflow.Identifier(), to, payload = new { name = "World" }, transactionId });
        await app.SettledAsync();
        return workflow;
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static JsonElement Without(JsonElement item, string name)
    {
        var copy = System.Text.Json.Nodes.JsonObject.Create(item)!;
        copy.Remove(name);
        return JsonSerializer.SerializeToElement(copy);
    }
}
