using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Server.Preferences;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server.Conditions;

public sealed class ConditionTests
{
    private const string Filtered = "Step was filtered based on steps filters";
    private static readonly (string, string) Loopback = ("Carillon:Outbound:Allow:0", "127.0.0.0/8");

    private static readonly object Vip = new { on = "payload", field = "vip", @operator = "EQUAL", value = "true" };

    [Fact]
    public async Task Conditions_are_stored_with_ids_and_shown_as_they_were_sent()
    {
        await using var app = await CarillonApp.StartAsync();

        var workflow = await app.CreateWorkflowAsync("Greet", If(Vip));
        var again = await app.UpdateWorkflowAsync(workflow, new { steps = workflow.GetProperty("steps") });

        var shown = workflow.Steps()[0].GetProperty("filters")[0];
        Assert.Equal(["isNegated", "type", "value", "children", "_id", "id"], Names(shown));
        Assert.Equal(["on", "field", "operator", "value", "_id", "id"], Names(shown.GetProperty("children")[0]));
        Assert.Equal(shown.GetProperty("_id").GetString(), shown.GetProperty("id").GetString());
        Assert.Equal(shown.GetRawText(), again.Steps()[0].GetProperty("filters")[0].GetRawText());
        Assert.Equal("vip", workflow.GetProperty("triggers")[0].GetProperty("variables")[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("""{"on":"payload","field":"x","operator":"SAME","value":"1"}""", "operator must be one of the following values: ALL_IN, ANY_IN, BETWEEN, EQUAL, IN, IS_DEFINED, LARGER, LARGER_EQUAL, LIKE, NOT_BETWEEN, NOT_EQUAL, NOT_IN, NOT_LIKE, SMALLER, SMALLER_EQUAL")]
    [InlineData("""{"on":"moon","field":"x","operator":"EQUAL","value":"1"}""", "on must be one of the following values: payload, subscriber, webhook, isOnline, isOnlineInLast, previousStep, tenant")]
    [InlineData("""{"on":"payload","field":"","operator":"EQUAL","value":"1"}""", "field should not be empty")]
    [InlineData("""{"on":"payload","field":"x","operator":"BETWEEN","value":"1"}""", "value must be two bounds, as in 1,5")]
    [InlineData("""{"on":"webhook","field":"x","operator":"EQUAL","value":"1","webhookUrl":"ftp://x"}""", "webhookUrl must be a URL address")]
    [InlineData("""{"on":"isOnline","value":"maybe"}""", "value must be a boolean value")]
    [InlineData("""{"on":"isOnlineInLast","value":5,"timeOperator":"weeks"}""", "timeOperator must be one of the following values: minutes, hours, days")]
    [InlineData("""{"on":"previousStep","step":"u","stepType":"sent"}""", "stepType must be one of the following values: read, unread, seen, unseen")]
    public async Task What_could_never_hold_is_refused_when_it_is_saved(string condition, string complaint)
    {
        await using var app = await CarillonApp.StartAsync();

        var answer = await app.PostWorkflowAsync("Greet", If(JsonDocument.Parse(condition).RootElement));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([$"steps.0.filters.0.children.0.{complaint}"], await answer.MessagesAsync());
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_step_whose_conditions_do_not_hold_is_left_out_and_the_account_shows_each(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Greet", If(Vip), WorkflowRequests.InApp("always"));

        var jobs = await app.JobsAsync(workflow, "ann", new { vip = false });

        Assert.Equal(["canceled", "completed"], jobs.Select(job => job.Status()));
        Assert.Equal(["Step created", "Step queued", Filtered], jobs[0].Details());
        Assert.Equal(
            """{"filter":{"conditions":[{"filter":"Payload","field":"vip","expected":"true","actual":"false","operator":"EQUAL","passed":false}],"passed":false},"preferences":{"passed":true}}""",
            jobs[0].Raw(Filtered).GetRawText());
        Assert.Equal(["always"], await app.FeedAsync("ann"));
        Assert.Equal(["completed", "completed"], (await app.JobsAsync(workflow, "ann", new { vip = true })).Select(job => job.Status()));
    }

    [Fact]
    public async Task A_condition_that_cannot_be_put_fails_its_step_and_stops_where_that_is_asked()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var broken = new { on = "payload", field = "x", @operator = "EQUAL", value = "{{uppercase payload.x}}" };
        var workflow = await app.CreateWorkflowAsync("Greet", If(broken, stops: true), WorkflowRequests.InApp("never"));

        var jobs = await app.JobsAsync(workflow, "ann", new { x = 5 });

        Assert.Equal(["failed", "canceled"], jobs.Select(job => job.Status()));
        Assert.Contains("Processing step filter failed", jobs[0].Details());
        Assert.NotEmpty(jobs[0].Raw("Processing step filter failed").GetProperty("error").GetString()!);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_webhook_is_asked_with_who_and_what_and_signed(Store store)
    {
        await using var peer = await HttpPeer.StartAsync(200, """{"ok":true}""");
        await using var app = await CarillonApp.StartAsync(store, settings: Loopback);
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Ask", If(OnWebhook(peer)));

        var job = Assert.Single(await app.JobsAsync(workflow, "ann", new { n = 1, attachments = new[] { new { file = "YQ==", name = "a" } } }));

        Assert.Equal("completed", job.Status());
        var question = Assert.Single(peer.Received);
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(app.ApiKey), Encoding.UTF8.GetBytes(app.EnvironmentId))),
            question.Headers["nv-hmac-256"]);
        Assert.Equal("ann", question.Json!["subscriber"]!["subscriberId"]!.GetValue<string>());
        Assert.Equal("""{"n":1}""", question.Json!["payload"]!.ToJsonString());
        Assert.Equal(("ask", "in_app", "novu"), (Text(question, "identifier"), Text(question, "channel"), Text(question, "providerId")));
    }

    [Fact]
    public async Task A_webhook_that_fails_is_asked_three_times_and_then_the_step_fails()
    {
        await using var peer = await HttpPeer.StartAsync(500);
        var clock = new FakeTimeProvider(new(2031, 5, 4, 12, 0, 0, TimeSpan.Zero));
        await using var app = await CarillonApp.StartAsync(clock: clock, settings: Loopback);
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Ask", If(OnWebhook(peer)), WorkflowRequests.InApp("next"));
        var transactionId = await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann" });

        foreach (var attempt in new[] { 1, 2 })
        {
            await app.UntilAsync(async () => (await DetailsAsync(app, transactionId)).Count(detail => detail.StartsWith("Webhook filter", StringComparison.Ordinal)) == attempt);
            app.Advance(TimeSpan.FromSeconds(5));
        }

        await app.SettledAsync();
        var jobs = await app.JobsOfAsync(transactionId);
        Assert.Equal(["failed", "completed"], jobs.Select(job => job.Status()));
        Assert.Equal(
            [
                "Step created", "Step queued", "Webhook filter failed, retry will be executed", "Webhook filter failed, retry will be executed",
                "Failed to get response from remote webhook filter on last retry",
            ],
            jobs[0].Details());
        var last = jobs[0].Lines()[^1];
        Assert.Equal(("Webhook", "Pending", true), (last.GetProperty("source").GetString(), last.GetProperty("status").GetString(), last.GetProperty("isRetry").GetBoolean()));
        Assert.Equal(3, peer.Received.Count);
    }

    [Fact]
    public async Task An_address_that_must_not_be_called_is_not()
    {
        await using var peer = await HttpPeer.StartAsync(200, """{"ok":true}""");
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Ask", If(OnWebhook(peer)));

        var job = Assert.Single(await app.JobsAsync(workflow, "ann"));

        Assert.Equal("failed", job.Status());
        Assert.Empty(peer.Received);
    }

    [Fact]
    public async Task Who_does_not_want_it_is_not_asked_about()
    {
        await using var peer = await HttpPeer.StartAsync(200, """{"ok":true}""");
        await using var app = await CarillonApp.StartAsync(settings: Loopback);
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Ask", If(OnWebhook(peer)));
        await app.PreferAsync("ann", workflow, new { enabled = false });

        var job = Assert.Single(await app.JobsAsync(workflow, "ann"));

        Assert.Contains("Step filtered by subscriber workflow preferences", job.Details());
        Assert.Empty(peer.Received);
    }

    [Theory]
    [InlineData("unseen", "completed")]
    [InlineData("seen", "canceled")]
    public async Task A_step_can_ask_what_became_of_an_earlier_one(string asked, string status)
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var first = new { uuid = "first", template = new { type = "in_app", content = "one" }, active = true };
        var workflow = await app.CreateWorkflowAsync("Two", first, If(new { on = "previousStep", step = "first", stepType = asked }));

        Assert.Equal(["completed", status], (await app.JobsAsync(workflow, "ann")).Select(job => job.Status()));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task What_became_of_an_earlier_message_is_looked_up_when_the_step_is_due(Store store)
    {
        var isDown = true;
        await using var peer = await HttpPeer.StartAsync(async context =>
        {
            context.Response.StatusCode = isDown ? 500 : 200;
            await context.Response.WriteAsync("""{"ok":true}""");
        });
        var clock = new FakeTimeProvider(new(2031, 5, 4, 12, 0, 0, TimeSpan.Zero));
        await using var app = await CarillonApp.StartAsync(store, clock: clock, settings: Loopback);
        await app.SubscribeAsync("ann");
        var first = new { uuid = "first", template = new { type = "in_app", content = "one" }, active = true };
        var workflow = await app.CreateWorkflowAsync(
            "Two", first, If(OnWebhook(peer)), If(new { on = "previousStep", step = "first", stepType = "seen" }));

        var transactionId = await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann" });
        await app.UntilAsync(async () => (await DetailsAsync(app, transactionId)).Contains("Webhook filter failed, retry will be executed"));
        await app.Api.PostAsJsonAsync("/v1/subscribers/ann/messages/mark-all", new { markAs = "seen" });
        isDown = false;
        app.Advance(TimeSpan.FromSeconds(5));
        await app.SettledAsync();

        Assert.Equal(["completed", "completed", "completed"], (await app.JobsOfAsync(transactionId)).Select(job => job.Status()));
    }

    [Fact]
    public async Task Presence_is_asked_as_it_is_when_the_step_is_due()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Ping", If(new { on = "isOnline", value = true }));

        Assert.Equal("canceled", Assert.Single(await app.JobsAsync(workflow, "ann")).Status());
        await app.Api.PatchAsJsonAsync("/v1/subscribers/ann/online-status", new { isOnline = true });
        Assert.Equal("completed", Assert.Single(await app.JobsAsync(workflow, "ann")).Status());
    }

    private static async Task<IReadOnlyList<string>> DetailsAsync(CarillonApp app, string transactionId)
    {
        var page = await (await app.Api.GetAsync($"/v1/notifications?transactionId={transactionId}")).JsonAsync();
        return
        [
            .. from notification in page.GetProperty("data").EnumerateArray()
               from job in notification.GetProperty("jobs").EnumerateArray()
               from detail in job.Details()
               select detail,
        ];
    }

    private static object If(object condition, bool stops = false) => new
    {
        template = new { type = "in_app", content = "Hello" },
        active = true,
        shouldStopOnFail = stops,
        filters = new[] { new { isNegated = false, type = "GROUP", value = "AND", children = new[] { condition }, unknown = 1 } },
    };

    private static object OnWebhook(HttpPeer peer) =>
        new { on = "webhook", webhookUrl = peer.Url, field = "ok", @operator = "EQUAL", value = "true" };

    private static string Text(ReceivedRequest request, string name) => request.Json![name]!.GetValue<string>();

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];
}
