using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server;

/// <summary>The customer's own endpoints, end to end: what happens, what is posted, signed and tried again.</summary>
public sealed class OutletTests
{
    private const string Route = "/v1/webhook-endpoints";

    private static readonly (string, string)[] Loopback = [("Carillon:Outbound:Allow:0", "127.0.0.0/8")];

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Endpoints_hear_what_happens_signed(Store store)
    {
        // Whoever had to find out by looking would look too late.
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await CarillonApp.StartAsync(store, settings: [.. Loopback, ("Carillon:Engine:LongestRest", "1:00:00")]);
        var made = await CreateAsync(app, peer);
        await app.CreateWorkflowAsync("Greet", WorkflowRequests.InApp("Hello"), new { template = new { type = "sms", content = "Hi" }, active = true });
        await app.Api.PostAsJsonAsync("/v1/integrations", new { providerId = "novu-sms", channel = "sms", active = true, credentials = new { } });
        await app.Api.PostAsJsonAsync("/v1/integrations", new { providerId = "generic-sms", channel = "sms", active = true, credentials = new { baseUrl = $"{peer.Url}sms", apiKeyRequestHeader = "k", apiKey = "k", from = "A", idPath = "id" } });

        var transactionId = await app.TriggeredAsync(new { name = "greet", to = new { subscriberId = "ann", firstName = "Ann" } });
        await app.SettledAsync();
        await app.Api.PostAsJsonAsync("/v1/subscribers/ann/messages/mark-all", new { markAs = "read" });
        await app.Api.PatchAsJsonAsync("/v1/subscribers/ann/preferences", new { enabled = true, preferences = new[] { new { type = "email", enabled = false } } });
        await app.Api.PutAsJsonAsync("/v1/subscribers/ann", new { firstName = "Anna" });
        await app.Api.PutAsJsonAsync("/v1/subscribers/ann", new { firstName = "Anna" });
        await app.Api.DeleteAsync("/v1/subscribers/ann");

        string[] wanted = ["message.failed", "message.read", "message.seen", "message.sent", "preference.changed", "subscriber.changed", "subscriber.changed", "subscriber.changed"];
        await ArrivedAsync(app, peer, wanted.Length);
        Assert.Equal(wanted, Events(peer).Select(e => e.Text("type")!).Order(StringComparer.Ordinal));
        Assert.All(peer.Received, asked => Assert.Equal([Signature(asked, made.Text("secret")!)], asked.Headers["webhook-signature"].Split(' ')));
        var sent = Events(peer).Single(e => e.Text("type") == "message.sent").GetProperty("data");
        Assert.Equal((transactionId, "ann", "greet", "in_app"), (sent.Text("transactionId"), sent.Text("subscriberId"), sent.Text("workflow"), sent.Text("channel")));
        Assert.Equal(sent.Text("id"), Events(peer).Single(e => e.Text("type") == "message.read").GetProperty("data").GetProperty("messageIds")[0].GetString());
        Assert.Equal("Subscriber does not have active phone", Events(peer).Single(e => e.Text("type") == "message.failed").GetProperty("data").Text("errorText"));
        Assert.Equal(peer.Received.Count, peer.Received.Select(asked => asked.Headers["webhook-id"]).Distinct().Count());
        Assert.Equal(
            ["Ann", "Anna", null],
            Events(peer).Where(e => e.Text("type") == "subscriber.changed").Select(e => e.GetProperty("data")).OrderBy(data => data.Text("updatedAt"), StringComparer.Ordinal).Select(data => data.Text("firstName")));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Where_nobody_listens_nothing_is_written(Store store)
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await CarillonApp.StartAsync(store, settings: Loopback);
        var off = await CreateAsync(app, peer, enabled: false);
        await CreateAsync(app, peer, types: ["workflow.published"]);
        await app.CreateWorkflowAsync("Greet", WorkflowRequests.InApp("Hello"));

        await app.TriggeredAsync(new { name = "greet", to = "ann" });
        await app.SettledAsync();
        await app.Api.PostAsJsonAsync("/v1/subscribers/ann/messages/mark-all", new { markAs = "read" });

        await using (var db = app.OpenDb()) Assert.Equal(0, await db.OutgoingEvents.CountAsync(TestContext.Current.CancellationToken));

        // From the very next event on, an endpoint that is switched on hears.
        await app.Api.PatchAsJsonAsync($"{Route}/{off.Text("_id")}", new { enabled = true, types = new[] { "message.sent" } });
        await app.TriggeredAsync(new { name = "greet", to = "ann" });
        await ArrivedAsync(app, peer, 1);
        await app.Api.DeleteAsync($"{Route}/{off.Text("_id")}");
        await app.TriggeredAsync(new { name = "greet", to = "ann" });
        await app.SettledAsync();

        await using (var db = app.OpenDb()) Assert.Equal(0, await db.OutgoingEvents.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal("message.sent", Assert.Single(Events(peer)).Text("type"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_is_not_taken_is_offered_again_for_a_day_and_then_kept_to_be_sent_again(Store store)
    {
        var status = 500;
        await using var peer = await HttpPeer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await CarillonApp.StartAsync(store, clock, settings: Loopback);
        var (began, id) = (clock.GetUtcNow(), (await CreateAsync(app, peer)).Text("_id")!);

        await app.Api.PostAsync($"{Route}/{id}/test", null);
        await LogAsync(app, id, log => log.GetProperty("attempts").GetInt32() == 1);
        while ((await LogAsync(app, id)).Text("nextAttemptAt") is { } next)
        {
            var attempts = (await LogAsync(app, id)).GetProperty("attempts").GetInt32();
            app.Advance(DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture) - clock.GetUtcNow() + TimeSpan.FromSeconds(1));
            await LogAsync(app, id, log => log.GetProperty("attempts").GetInt32() > attempts);
        }

        var failed = await LogAsync(app, id);
        Assert.Equal(("failed", 11, 500), (failed.Text("status"), failed.GetProperty("attempts").GetInt32(), failed.GetProperty("responseStatus").GetInt32()));
        Assert.InRange(clock.GetUtcNow() - began, TimeSpan.FromHours(20), TimeSpan.FromHours(28));
        Assert.Single(peer.Received.Select(asked => asked.Headers["webhook-id"]).Distinct());
        Assert.Equal(11, peer.Received.Select(asked => asked.Headers["webhook-timestamp"]).Distinct().Count());

        status = 200;
        var replayed = await (await app.Api.PostAsJsonAsync($"{Route}/{id}/deliveries/replay", new { since = began })).DataAsync();
        Assert.Equal(1, replayed.GetProperty("replayed").GetInt32());
        await LogAsync(app, id, log => log.Text("status") == "delivered");
        Assert.Equal(0, (await (await app.Api.PostAsJsonAsync($"{Route}/{id}/deliveries/replay", new { since = began })).DataAsync()).GetProperty("replayed").GetInt32());

        await app.Api.PostAsync($"{Route}/{id}/deliveries/{failed.Text("_id")}/replay", null);
        await ArrivedAsync(app, peer, 13);
    }

    [Fact]
    public async Task An_endpoint_where_nothing_arrives_for_days_is_switched_off_and_says_why()
    {
        await using var peer = await HttpPeer.StartAsync(503);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await CarillonApp.StartAsync(clock: clock, settings: Loopback);
        var id = (await CreateAsync(app, peer)).Text("_id")!;
        await app.Api.PostAsync($"{Route}/{id}/test", null);
        await LogAsync(app, id, log => log.GetProperty("attempts").GetInt32() == 1);

        app.Advance(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(1));
        await app.UntilAsync(async () => !(await EndpointAsync(app, id)).GetProperty("enabled").GetBoolean());

        Assert.Equal("Nothing arrived for 3 days: 127.0.0.1 answered 503", (await EndpointAsync(app, id)).Text("disabledReason"));
        Assert.Equal(["The endpoint is switched off"], await (await app.Api.PostAsync($"{Route}/{id}/test", null)).MessagesAsync());
        var on = await (await app.Api.PatchAsJsonAsync($"{Route}/{id}", new { enabled = true })).DataAsync();
        Assert.Equal((true, null, false), (on.GetProperty("enabled").GetBoolean(), on.Text("disabledReason"), on.TryGetProperty("failingSince", out _)));
    }

    [Fact]
    public async Task An_endpoint_that_says_it_is_gone_is_switched_off_at_once()
    {
        await using var peer = await HttpPeer.StartAsync(410);
        await using var app = await CarillonApp.StartAsync(settings: Loopback);
        var id = (await CreateAsync(app, peer)).Text("_id")!;

        await app.Api.PostAsync($"{Route}/{id}/test", null);
        await app.UntilAsync(async () => !(await EndpointAsync(app, id)).GetProperty("enabled").GetBoolean());

        Assert.Equal("It answered that it is gone (410)", (await EndpointAsync(app, id)).Text("disabledReason"));
    }

    [Fact]
    public async Task One_that_hangs_or_floods_or_leads_inside_keeps_nobody_else_waiting()
    {
        var held = new TaskCompletionSource();
        await using var hanging = await HttpPeer.StartAsync(_ => held.Task);
        await using var flooding = await HttpPeer.StartAsync(async context =>
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < 100 && !context.RequestAborted.IsCancellationRequested; i++) await context.Response.Body.WriteAsync(block);
        });
        await using var leading = await HttpPeer.StartAsync(307, "", ("Location", "http://10.0.0.1/"));
        await using var healthy = await HttpPeer.StartAsync(200);
        await using var app = await CarillonApp.StartAsync(settings: Loopback);
        var ids = new Dictionary<HttpPeer, string>();
        foreach (var peer in new[] { hanging, flooding, leading, healthy }) ids[peer] = (await CreateAsync(app, peer)).Text("_id")!;
        await app.CreateWorkflowAsync("Greet", WorkflowRequests.InApp("Hello"));
        string[] people = [.. Enumerable.Range(0, 20).Select(i => $"s{i}")];
        await app.SubscribeAsync(people);

        await app.TriggeredAsync(new { name = "greet", to = people });
        await ArrivedAsync(app, healthy, 40);

        Assert.True(hanging.Received.Count <= 4, "more than a few wait at the one that hangs");
        await LogAsync(app, ids[leading], log => log.Text("status") == "failed");
        Assert.Contains("to another host", (await LogAsync(app, ids[leading])).Text("error"), StringComparison.Ordinal);
        await LogAsync(app, ids[flooding], log => log.Text("status") == "delivered");
        held.SetResult();
        await ArrivedAsync(app, hanging, 40);
    }

    [Fact]
    public async Task A_new_secret_signs_beside_the_old_one_for_a_day()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await CarillonApp.StartAsync(clock: clock, settings: Loopback);
        var made = await CreateAsync(app, peer);
        var id = made.Text("_id")!;

        var rotated = await (await app.Api.PostAsync($"{Route}/{id}/rotate-secret", null)).DataAsync();
        await app.Api.PostAsync($"{Route}/{id}/test", null);
        await ArrivedAsync(app, peer, 1);
        app.Advance(TimeSpan.FromHours(25));
        await app.Api.PostAsync($"{Route}/{id}/test", null);
        await ArrivedAsync(app, peer, 2);

        var (first, second) = (peer.Received.First(), peer.Received.Last());
        Assert.Equal([Signature(first, rotated.Text("secret")!), Signature(first, made.Text("secret")!)], first.Headers["webhook-signature"].Split(' '));
        Assert.Equal([Signature(second, rotated.Text("secret")!)], second.Headers["webhook-signature"].Split(' '));
        var shown = await (await app.Api.GetAsync($"{Route}/{id}/secret")).DataAsync();
        Assert.Equal((rotated.Text("secret"), null), (shown.Text("secret"), shown.Text("previousUntil")));
        await using var db = app.OpenDb();
        Assert.DoesNotContain("whsec_", (await db.EventEndpoints.SingleAsync(TestContext.Current.CancellationToken)).Cipher, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoints_are_managed_by_admins_of_their_environment()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var app = await CarillonApp.StartAsync(settings: Loopback);
        var id = (await CreateAsync(app, peer)).Text("_id")!;
        var stranger = app.WithKey((await app.RegisterAsync()).ApiKey);

        Assert.DoesNotContain("secret", (await (await app.Api.GetAsync(Route)).DataAsync())[0].GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, (await (await stranger.GetAsync(Route)).DataAsync()).GetArrayLength());
        foreach (var path in new[] { $"{Route}/{id}", $"{Route}/{id}/secret", $"{Route}/{id}/deliveries" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).StatusCode);
        foreach (var path in new[] { $"{Route}/{id}/test", $"{Route}/{id}/rotate-secret", $"{Route}/{id}/deliveries/{id}/replay" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync(path, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.DeleteAsync($"{Route}/{id}")).StatusCode);

        Assert.Equal(["url must be an http or https URL without credentials"], await (await app.Api.PostAsJsonAsync(Route, new { url = "ftp://x" })).MessagesAsync());
        Assert.StartsWith(
            "each value in types must be one of the following values: message.delivered",
            (await (await app.Api.PostAsJsonAsync(Route, new { url = "https://example.com", types = new[] { "moon" } })).MessagesAsync())[0], StringComparison.Ordinal);
        Assert.Equal(
            ["since must be a time in ISO 8601, such as 2031-05-04T12:00:00Z"],
            await (await app.Api.PostAsJsonAsync($"{Route}/{id}/deliveries/replay", new { since = "yesterday" })).MessagesAsync());
    }

    private static async Task<JsonElement> CreateAsync(CarillonApp app, HttpPeer peer, bool enabled = true, params string[] types) =>
        await (await app.Api.PostAsJsonAsync(Route, new { url = $"{peer.Url}hook", types, enabled })).DataAsync();

    private static async Task<JsonElement> EndpointAsync(CarillonApp app, string id) => await (await app.Api.GetAsync($"{Route}/{id}")).DataAsync();

    private static Task ArrivedAsync(CarillonApp app, HttpPeer peer, int events) => app.UntilAsync(() => Task.FromResult(peer.Received.Count >= events));

    /// <summary>The newest line of the log, once it says so.</summary>
    private static async Task<JsonElement> LogAsync(CarillonApp app, string id, Func<JsonElement, bool>? says = null)
    {
        var newest = default(JsonElement);
        await app.UntilAsync(async () =>
        {
            newest = (await (await app.Api.GetAsync($"{Route}/{id}/deliveries?limit=1")).DataAsync())[0];
            return says is null || says(newest);
        });
        return newest;
    }

    private static IEnumerable<JsonElement> Events(HttpPeer peer) => peer.Received.Select(asked => JsonElement.Parse(asked.Body));

    private static string Signature(ReceivedRequest asked, string secret)
    {
        var text = Encoding.UTF8.GetBytes($"{asked.Headers["webhook-id"]}.{asked.Headers["webhook-timestamp"]}.{Encoding.UTF8.GetString(asked.Body)}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), text))}";
    }
}
