using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Tests.Providers;
using Carillon.Tests.Server;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Carillon.Providers.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Engine.Steps;

public sealed class PushStepTests
{
    private static readonly object Push = new { template = new { type = "push", title = "t {{name}}", content = "push {{name}}" }, active = true };

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Every_device_is_notified_and_one_message_tells_of_all(Store store)
    {
        await using var peer = await HttpPeer.StartAsync(200, """{"id":"prov-123"}""");
        await using var app = await StartAsync(peer, store);
        await ConnectAsync(app, "push-webhook", "tok1", "tok2");

        await TriggerAsync(app, new Dictionary<string, object> { ["push-webhook"] = new { badge = 1 } });

        Assert.Equal(["tok1", "tok2"], peer.Received.Select(asked => (string?)asked.Json!["target"]![0]));
        var body = peer.Received.First().Json!;
        Assert.Equal(("t World", "push World"), ((string?)body["title"], (string?)body["content"]));
        Assert.Equal("""{"badge":1}""", body["overrides"]!.ToJsonString());
        Assert.Equal(("World", "sub-a"), ((string?)body["payload"]!["name"], (string?)body["payload"]!["subscriber"]!["subscriberId"]));
        Assert.NotNull(body["payload"]!["step"]);

        Assert.Equal("c", (await RunAsync(app)).States);
        var message = Assert.Single(await MessagesAsync(app));
        Assert.Equal(("sent", "push-webhook", "t World"), (message.Text("status"), message.Text("providerId"), message.Text("title")));
        Assert.Equal(["tok1", "tok2"], message.GetProperty("deviceTokens").EnumerateArray().Select(token => token.GetString()));
        var lines = await LinesAsync(app);
        Assert.Equal(
            [
                "Step created", "Step queued", "Start sending message", "Integration instance selected", "Message created: push-webhook",
                "Message sent: push-webhook", "Message sent: push-webhook",
            ],
            lines.Select(line => line.Text("detail")));
        var raw = JsonElement.Parse(lines[^1].Text("raw")!);
        Assert.Equal(("tok2", "prov-123"), (raw.Text("deviceToken"), raw.GetProperty("result").Text("id")));
    }

    [Fact]
    public async Task Who_has_no_app_cannot_be_notified()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(peer);

        await TriggerAsync(app);

        Assert.Equal("f", (await RunAsync(app)).States);
        Assert.Equal(
            ["Subscriber does not have a configured channel", "There was one or more errors when trying to execute the notification"],
            (await LinesAsync(app))[^2..].Select(line => line.Text("detail")));
        Assert.Empty(await MessagesAsync(app));
    }

    [Fact]
    public async Task An_app_without_tokens_is_accounted_for()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await StartAsync(peer);
        await ConnectAsync(app, "push-webhook");

        await TriggerAsync(app);

        Assert.Empty(peer.Received);
        Assert.Equal(
            [
                "Subscriber credentials is missing the tokens for sending a push notification message",
                "There was one or more errors when trying to execute the notification",
            ],
            (await LinesAsync(app))[^2..].Select(line => line.Text("detail")));
    }

    [Fact]
    public async Task A_device_that_fails_fails_the_step_and_the_others_are_notified_all_the_same()
    {
        await using var peer = await HttpPeer.StartAsync(Refusing("tok1", 400));
        await using var app = await StartAsync(peer);
        await ConnectAsync(app, "push-webhook", "tok1", "tok2");

        await TriggerAsync(app);

        Assert.Equal("f", (await RunAsync(app)).States);
        Assert.Equal(
            ["Unexpected provider error", "Message sent: push-webhook", "There was one or more errors when trying to execute the notification"],
            (await LinesAsync(app))[^3..].Select(line => line.Text("detail")));
        Assert.Equal(("error", "unexpected_push_error"), ((await MessagesAsync(app))[0].Text("status"), (await MessagesAsync(app))[0].Text("errorId")));
    }

    [Fact]
    public async Task A_second_try_goes_only_to_the_device_that_the_first_missed()
    {
        var busy = true;
        await using var peer = await HttpPeer.StartAsync(async context => await Refusing("tok2", busy ? 503 : 200)(context));
        var clock = new FakeTimeProvider(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        await using var app = await StartAsync(peer, clock: clock);
        await ConnectAsync(app, "push-webhook", "tok1", "tok2");
        await TriggerAsync(app, settle: false);
        await app.UntilAsync(async () =>
        {
            await using var db = app.OpenDb();
            return (await db.Runs.ToListAsync()).Exists(run => Trace.Read(run.Trace).Any(line => line.Detail == Detail.ProviderUnavailable));
        });

        busy = false;
        app.Advance(TimeSpan.FromMinutes(1));
        await app.SettledAsync();

        Assert.Equal(["tok1", "tok2", "tok2"], peer.Received.Select(asked => (string?)asked.Json!["target"]![0]));
        Assert.Equal("c", (await RunAsync(app)).States);
        Assert.Equal(["tok1", "tok2"], Assert.Single(await MessagesAsync(app)).GetProperty("deviceTokens").EnumerateArray().Select(token => token.GetString()));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_device_that_is_no_longer_there_is_forgotten(Store store)
    {
        using var expo = new ExpoWithout("tok1");
        await using var app = await CarillonApp.StartAsync(
            store, services: services => services.AddSingleton(all => new OutboundHttp(expo, all.GetRequiredService<TimeProvider>())));
        await app.Api.PostAsJsonAsync("/v1/integrations", new { providerId = "expo", channel = "push", credentials = new { apiKey = "k" }, active = true });
        await ConnectAsync(app, "expo", "tok1", "tok2");

        await TriggerAsync(app);

        Assert.Equal("c", (await RunAsync(app)).States);
        var removed = (await LinesAsync(app)).Single(line => line.Text("detail") == "Unexpected provider error");
        Assert.True(JsonElement.Parse(removed.Text("raw")!).GetProperty("removed").GetBoolean());
        await app.UntilAsync(async () => (await DevicesAsync(app)) is ["tok2"]);
    }

    private static RequestDelegate Refusing(string token, int status) => async context =>
    {
        context.Request.Body.Position = 0;
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        context.Response.StatusCode = body.RootElement.GetProperty("target")[0].GetString() == token ? status : 200;
    };

    private static async Task<CarillonApp> StartAsync(HttpPeer peer, Store store = Store.Sqlite, TimeProvider? clock = null)
    {
        var app = await CarillonApp.StartAsync(store, clock, settings: [("Carillon:Outbound:Allow:0", "127.0.0.0/8")]);
        var response = await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "push-webhook",
            channel = "push",
            credentials = new { webhookUrl = $"{peer.Url}push", secretKey = "sek" },
            active = true,
        });
        response.EnsureSuccessStatusCode();
        return app;
    }

    private static async Task ConnectAsync(CarillonApp app, string providerId, params string[] deviceTokens)
    {
        await app.SubscribeAsync("sub-a");
        var response = await app.Api.PutAsJsonAsync("/v1/subscribers/sub-a/credentials", new { providerId, credentials = new { deviceTokens } });
        response.EnsureSuccessStatusCode();
    }

    private static async Task TriggerAsync(CarillonApp app, object? overrides = null, bool settle = true)
    {
        var workflow = await app.CreateWorkflowAsync("Pushes", Push);
        await app.TriggeredAsync(new { name = workflow.Identifier(), to = "sub-a", payload = new { name = "World" }, overrides });
        if (settle) await app.SettledAsync();
    }

    private static async Task<Run> RunAsync(CarillonApp app)
    {
        await using var db = app.OpenDb();
        return await db.Runs.SingleAsync();
    }

    private static async Task<JsonElement[]> MessagesAsync(CarillonApp app) =>
        [.. (await (await app.Api.GetAsync("/v1/messages")).JsonAsync()).GetProperty("data").EnumerateArray()];

    private static async Task<JsonElement[]> LinesAsync(CarillonApp app) =>
    [
        .. (await (await app.Api.GetAsync("/v1/notifications")).JsonAsync()).GetProperty("data").EnumerateArray().Single()
            .GetProperty("jobs")[0].GetProperty("executionDetails").EnumerateArray(),
    ];

    private static async Task<string[]> DevicesAsync(CarillonApp app) =>
    [
        .. (await (await app.Api.GetAsync("/v1/subscribers/sub-a")).DataAsync()).GetProperty("channels")[0]
            .GetProperty("credentials").GetProperty("deviceTokens").EnumerateArray().Select(token => token.GetString()!),
    ];

    /// <summary>Expo's service, to which one token is not registered.</summary>
    private sealed class ExpoWithout(string dead) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = JsonElement.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            return new()
            {
                Content = new StringContent(asked.Text("to") == dead
                    ? """{"data":{"status":"error","message":"gone","details":{"error":"DeviceNotRegistered"}}}"""
                    : """{"data":{"status":"ok","id":"x"}}"""),
            };
        }
    }
}
