using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Carillon.Tests.Server;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Engine.Steps;

public sealed class SmsStepTests
{
    private static readonly object Sms = new { template = new { type = "sms", content = "sms {{name}}" }, active = true };

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_text_goes_to_the_subscribers_phone(Store store)
    {
        await using var gateway = await Gateway();
        await using var app = await StartAsync(gateway, store);

        await TriggerAsync(app, new { subscriberId = "ann", phone = "+1" });

        var asked = Assert.Single(gateway.Received);
        Assert.Equal(("ak", "sk"), (asked.Headers["x-api"], asked.Headers["x-sec"]));
        var message = await MessageAsync(app);
        Shape.AssertSame($$$"""{"to":"+1","from":"+1999","content":"sms World","id":"{{{message.Text("_id")}}}","customData":{},"sender":"+1999"}""", JsonElement.Parse(asked.Body));
        Assert.Equal(("sent", "+1", "generic-sms", "prov-123"), (message.Text("status"), message.Text("phone"), message.Text("providerId"), message.Text("identifier")));
        Assert.Equal(
            [
                "Step created", "Step queued", "Start sending message", "Integration instance selected", "Message created", "Message sent",
            ],
            (await LinesAsync(app)).Select(line => line.Text("detail")));
        Assert.Equal("""{"id":"prov-123","date":"2024-01-01T00:00:00.000Z"}""", (await LinesAsync(app))[^1].Text("raw"));
    }

    [Fact]
    public async Task The_caller_may_say_otherwise_for_one_event()
    {
        await using var gateway = await Gateway();
        await using var app = await StartAsync(gateway);

        await TriggerAsync(
            app, new { subscriberId = "ann", phone = "+1" }, new { sms = new { to = "+1777", from = "+1888", content = "ov content" } });

        var asked = Assert.Single(gateway.Received).Json!;
        Assert.Equal(("+1777", "+1888", "ov content"), ((string?)asked["to"], (string?)asked["sender"], (string?)asked["content"]));
        Assert.Equal("+1", (await MessageAsync(app)).Text("phone"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Somebody_without_a_phone_leaves_a_failed_step_that_says_so(Store store)
    {
        await using var gateway = await Gateway();
        await using var app = await StartAsync(gateway, store);

        await TriggerAsync(app, new { subscriberId = "bare" });

        Assert.Empty(gateway.Received);
        Assert.Equal("f", (await RunAsync(app)).States);
        Assert.Equal("Subscriber missing recipient details", (await LinesAsync(app))[^1].Text("detail"));
        var message = await MessageAsync(app);
        Assert.Equal(
            ("warning", "no_subscriber_phone", "Subscriber does not have active phone"),
            (message.Text("status"), message.Text("errorId"), message.Text("errorText")));
    }

    [Fact]
    public async Task Without_an_integration_nothing_can_be_sent()
    {
        await using var app = await CarillonApp.StartAsync();

        await TriggerAsync(app, new { subscriberId = "ann", phone = "+1" });

        Assert.Equal("Subscriber does not have an active integration", (await LinesAsync(app))[^1].Text("detail"));
        Assert.Equal("f", (await RunAsync(app)).States);
    }

    [Fact]
    public async Task An_empty_text_is_no_message()
    {
        await using var gateway = await Gateway();
        await using var app = await StartAsync(gateway);

        await TriggerAsync(app, new { subscriberId = "ann", phone = "+1" }, step: new { template = new { type = "sms", content = "{{nothing}}" }, active = true });

        Assert.Equal("Message content could not be generated", (await LinesAsync(app))[^1].Text("detail"));
        Assert.Empty(gateway.Received);
    }

    [Fact]
    public async Task What_the_gateway_refuses_is_said_once_and_not_tried_again()
    {
        await using var gateway = await HttpPeer.StartAsync(400, """{"message":"the key sk is wrong"}""");
        await using var app = await StartAsync(gateway);

        await TriggerAsync(app, new { subscriberId = "ann", phone = "+1" });

        Assert.Single(gateway.Received);
        Assert.Equal(("error", "unexpected_sms_error"), ((await MessageAsync(app)).Text("status"), (await MessageAsync(app)).Text("errorId")));
        var refusals = (await LinesAsync(app)).Where(line => line.Text("detail") == "Unexpected provider error").ToList();
        Assert.Equal("""{"message":"127.0.0.1 answered 400"}""", Assert.Single(refusals).Text("raw"));
    }

    private static Task<HttpPeer> Gateway() => HttpPeer.StartAsync(200, """{"id":"prov-123","date":"2024-01-01T00:00:00.000Z"}""");

    private static async Task<CarillonApp> StartAsync(HttpPeer gateway, Store store = Store.Sqlite)
    {
        var app = await CarillonApp.StartAsync(store, settings: [("Carillon:Outbound:Allow:0", "127.0.0.0/8")]);
        var response = await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "generic-sms",
            channel = "sms",
            credentials = new
            {
                baseUrl = $"{gateway.Url}sms",
                apiKeyRequestHeader = "x-api",
                apiKey = "ak",
                secretKeyRequestHeader = "x-sec",
                secretKey = "sk",
                from = "+1999",
                idPath = "id",
                datePath = "date",
            },
            active = true,
        });
        response.EnsureSuccessStatusCode();
        return app;
    }

    private static async Task TriggerAsync(CarillonApp app, object to, object? overrides = null, object? step = null)
    {
        var workflow = await app.CreateWorkflowAsync("Texts", step ?? Sms);
        await app.TriggeredAsync(new { name = workflow.Identifier(), to, payload = new { name = "World" }, overrides });
        await app.SettledAsync();
    }

    private static async Task<Run> RunAsync(CarillonApp app)
    {
        await using var db = app.OpenDb();
        return await db.Runs.SingleAsync();
    }

    private static async Task<JsonElement> MessageAsync(CarillonApp app) =>
        (await (await app.Api.GetAsync("/v1/messages")).JsonAsync()).GetProperty("data").EnumerateArray().Single();

    private static async Task<JsonElement[]> LinesAsync(CarillonApp app) =>
    [
        .. (await (await app.Api.GetAsync("/v1/notifications")).JsonAsync()).GetProperty("data").EnumerateArray().Single()
            .GetProperty("jobs")[0].GetProperty("executionDetails").EnumerateArray(),
    ];
}
