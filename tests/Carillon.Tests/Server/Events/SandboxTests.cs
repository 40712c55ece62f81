using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Server.Accounts;
using Carillon.Tests.Server.Preferences;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Events;

/// <summary>An environment in which everything is done and nothing is sent.</summary>
public sealed class SandboxTests
{
    private const string Unsent = "Kept in the sandbox, and not sent";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_would_be_sent_is_kept_with_its_words_and_marked(Store store)
    {
        await using var peer = await HttpPeer.StartAsync(200, """{"id":"1"}""");
        await using var app = await StartAsync(peer, store);
        await SwitchAsync(app, on: true);

        var workflow = await app.CreateWorkflowAsync("All", Step("email"), Step("sms"), Step("in_app"));
        var jobs = await app.JobsAsync(workflow, "ann", new { name = "Ann" });

        Assert.Empty(peer.Received);
        Assert.All(jobs.Where(job => job.Text("type") is not "trigger"), job => Assert.Equal("completed", job.Status()));
        Assert.Equal(["Hello Ann"], await app.FeedAsync("ann"));
        foreach (var channel in new[] { "email", "sms" })
        {
            Assert.Equal(Unsent, jobs.Single(job => job.Text("type") == channel).Raw("Message sent").Text("note"));
            var message = (await (await app.Api.GetAsync($"/v1/messages?channel={channel}")).JsonAsync()).GetProperty("data")[0];
            Assert.True(message.GetProperty("sandbox").GetBoolean());
            Assert.Contains("Hello Ann", message.Text("content"), StringComparison.Ordinal);
            Assert.Equal("sent", message.Text("status"));
            Assert.Null(message.Text("identifier"));
        }
    }

    [Fact]
    public async Task Outside_of_it_messages_leave_and_are_not_marked()
    {
        await using var peer = await HttpPeer.StartAsync(200, """{"id":"1"}""");
        await using var app = await StartAsync(peer);
        await SwitchAsync(app, on: true);
        await SwitchAsync(app, on: false);

        await app.JobsAsync(await app.CreateWorkflowAsync("Text", Step("sms")), "ann", new { name = "Ann" });

        Assert.Single(peer.Received);
        var message = (await (await app.Api.GetAsync("/v1/messages?channel=sms")).JsonAsync()).GetProperty("data")[0];
        Assert.False(message.TryGetProperty("sandbox", out _));
        Assert.Equal("1", message.Text("identifier"));
    }

    [Fact]
    public async Task It_is_switched_with_the_environment()
    {
        await using var app = await CarillonApp.StartAsync();
        var founder = await app.FounderAsync();
        async Task<JsonElement> AfterAsync(object change)
        {
            (await founder.Calls.PutAsJsonAsync($"/v1/environments/{founder.EnvironmentId}", change)).EnsureSuccessStatusCode();
            return await (await founder.Calls.GetAsync("/v1/environments/me")).DataAsync();
        }

        Assert.True((await AfterAsync(new { sandbox = true })).GetProperty("sandbox").GetBoolean());
        Assert.True((await AfterAsync(new { name = "Other" })).GetProperty("sandbox").GetBoolean());
        Assert.False((await AfterAsync(new { sandbox = false })).TryGetProperty("sandbox", out _));
    }

    internal static object Step(string type) => new
    {
        template = new { type, contentType = type == "email" ? "customHtml" : null, subject = type == "email" ? "S" : null, content = "Hello {{name}}" },
        active = true,
    };

    /// <summary>With a gateway for text messages, and one for mails, at the peer.</summary>
    internal static async Task<CarillonApp> StartAsync(HttpPeer peer, Store store = Store.Sqlite)
    {
        var app = await CarillonApp.StartAsync(store, settings: ("Carillon:Outbound:Allow:0", "127.0.0.0/8"));
        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann", email = "ann@example.com", phone = "+1" });
        await ConnectAsync(app.Api, peer);
        return app;
    }

    internal static async Task ConnectAsync(HttpClient api, HttpPeer peer)
    {
        (await api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "generic-sms",
            channel = "sms",
            credentials = new { baseUrl = $"{peer.Url}sms", apiKeyRequestHeader = "x-api", apiKey = "ak", from = "f", idPath = "id" },
            active = true,
        })).EnsureSuccessStatusCode();
        (await api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "email-webhook",
            channel = "email",
            credentials = new { webhookUrl = $"{peer.Url}mail", secretKey = "s", from = "shop@example.com" },
            active = true,
            check = false,
        })).EnsureSuccessStatusCode();
    }

    private static async Task SwitchAsync(CarillonApp app, bool on)
    {
        await using var db = app.OpenDb();
        var environment = db.Environments.Single(environment => environment.Id == app.EnvironmentId);
        environment.Settings = environment.Settings with { Sandbox = on };
        await db.SaveChangesAsync();
    }
}
