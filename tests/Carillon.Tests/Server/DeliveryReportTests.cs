using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Server.Preferences;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server;

/// <summary>What vendors post about messages, from the signed body to what everybody sees of it.</summary>
public sealed class DeliveryReportTests
{
    private const string Key = "mailgun's key";

    private static readonly object Mail = new { uuid = "mail", template = new { type = "email", contentType = "customHtml", subject = "S", content = "<p>Hi</p>" }, active = true };
    private static readonly object Text = new { template = new { type = "sms", content = "Hi" }, active = true };
    private static readonly object Ann = new { subscriberId = "ann", email = "ann@example.com", phone = "+491701234567" };

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_report_is_in_the_account_on_the_message_and_in_the_counts(Store store)
    {
        await using var vendor = await VendorAsync();
        await using var app = await StartAsync(vendor, store);
        await app.CreateWorkflowAsync("News", Mail);
        var transactionId = await TriggerAsync(app, "news");

        var delivered = await MailgunAsync(app, "delivered", "250 OK");
        await MailgunAsync(app, "opened");
        await MailgunAsync(app, "delivered", "250 OK");
        await MailgunAsync(app, "accepted");

        Assert.Equal(HttpStatusCode.Created, delivered.StatusCode);
        var answered = Assert.Single((await delivered.JsonAsync()).EnumerateArray());
        Assert.Equal("<m1@example.com>", answered.Text("id"));
        Assert.Equal("delivered", answered.GetProperty("event").Text("status"));
        Assert.Equal("<m1@example.com>", answered.GetProperty("event").Text("externalId"));
        Assert.Equal("250 OK", answered.GetProperty("event").Text("response"));
        Assert.Equal(1, answered.GetProperty("event").GetProperty("attempts").GetInt32());

        var message = (await (await app.Api.GetAsync("/v1/messages?channel=email")).DataAsync())[0];
        Assert.Equal(("sent", "opened"), (message.Text("status"), message.Text("deliveryStatus")));

        var lines = (await app.JobsOfAsync(transactionId))[0].GetProperty("executionDetails").EnumerateArray().Where(line => line.Text("source") == "Webhook").ToList();
        Assert.Equal(
            ["250 OK - (delivered) Success", " - (opened) Success", " - (accepted) Success"],
            lines.Select(line => $"{line.Text("detail")} {line.Text("status")}"));
        Assert.Equal(["delivered", "opened", "accepted"], lines.Select(line => line.Text("webhookStatus")));
        Assert.Equal("delivered", JsonNode.Parse(lines[0].Text("raw")!)!["event"]!.GetValue<string>());

        var counts = (await (await app.Api.GetAsync("/v1/notifications/delivery/stats")).DataAsync()).EnumerateArray();
        Assert.Equal(["accepted 1", "delivered 1", "opened 1"], counts.Select(count => $"{count.Text("status")} {count.GetProperty("count").GetInt64()}"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Who_complains_gets_no_more_mails_of_that_workflow(Store store)
    {
        await using var vendor = await VendorAsync();
        await using var app = await StartAsync(vendor, store);
        await app.CreateWorkflowAsync("News", Mail);
        await app.CreateWorkflowAsync("Bills", Mail);
        await TriggerAsync(app, "news");

        await MailgunAsync(app, "complained");
        await TriggerAsync(app, "news");
        await TriggerAsync(app, "bills");

        Assert.Equal(2, vendor.Received.Count);
        var news = (await (await app.Api.GetAsync("/v1/subscribers/ann/preferences")).DataAsync()).EnumerateArray()
            .Single(entry => entry.GetProperty("template").Text("name") == "News");
        Assert.False(news.GetProperty("preference").GetProperty("channels").GetProperty("email").GetBoolean());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task One_post_may_tell_of_many_messages_and_of_some_that_are_nobodys(Store store)
    {
        await using var vendor = await VendorAsync();
        await using var app = await StartAsync(vendor, store);
        await app.CreateWorkflowAsync("Text", Text);
        for (var i = 0; i < 3; i++) await TriggerAsync(app, "text");
        var url = await AddressAsync(app, "infobip-sms");
        var batch = new
        {
            results = new[] { ("t1", "DELIVERED"), ("t2", "REJECTED"), ("t3", "PENDING"), ("t3", "DELIVERED"), ("nobody", "DELIVERED"), ("t2", "REJECTED") }
                .Select(one => new { messageId = one.Item1, status = new { groupName = one.Item2 }, doneAt = "2031-05-04T12:00:00.000+0000" }),
        };

        var answer = await app.Anonymous.PostAsJsonAsync(url, batch);
        await app.Anonymous.PostAsJsonAsync(url, batch);

        Assert.Equal(5, (await answer.JsonAsync()).GetArrayLength());
        var messages = (await (await app.Api.GetAsync("/v1/messages?channel=sms")).DataAsync()).EnumerateArray();
        Assert.Equal(["t1 delivered", "t2 rejected", "t3 delivered"], messages.Select(one => $"{one.Text("identifier")} {one.Text("deliveryStatus")}").Order());
        var counts = (await (await app.Api.GetAsync("/v1/notifications/delivery/stats?days=1")).DataAsync()).EnumerateArray();
        Assert.Equal(4, counts.Sum(count => count.GetProperty("count").GetInt64()));
    }

    [Fact]
    public async Task Only_the_vendor_is_believed()
    {
        await using var vendor = await VendorAsync();
        await using var app = await StartAsync(vendor);
        await app.CreateWorkflowAsync("News", Mail, Text);
        await TriggerAsync(app, "news");
        var (mail, text) = (await AddressAsync(app, "mailgun"), await AddressAsync(app, "infobip-sms"));
        var report = new { results = new[] { new { messageId = "t1", status = new { groupName = "DELIVERED" } } } };

        // It has a key to sign with, so its address alone is worth nothing.
        Assert.Equal(["The signature is wrong"], await (await app.Anonymous.PostAsJsonAsync(mail, Signed("delivered", key: "another"))).MessagesAsync());
        Assert.Equal(["The signature is too old"], await (await app.Anonymous.PostAsJsonAsync(mail, Signed("delivered", at: DateTimeOffset.UtcNow.AddDays(-1)))).MessagesAsync());
        var unsigned = await app.Anonymous.PostAsJsonAsync(mail, new Dictionary<string, object> { ["event-data"] = Event("delivered") });
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);

        // It signs nothing, so it must know its address.
        foreach (var forged in new[] { text.Split('?')[0], $"{text[..^1]}{(text[^1] == 'A' ? 'B' : 'A')}", $"{text}x", $"{text.Split('?')[0]}?{mail.Split('?')[1]}" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.PostAsJsonAsync(forged, report)).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.PostAsJsonAsync(text.Replace(app.EnvironmentId, app.ProductionId, StringComparison.Ordinal), report)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.PostAsJsonAsync(text.Replace(app.OrganizationId, app.EnvironmentId, StringComparison.Ordinal), report)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.PostAsJsonAsync(text.Replace("/sms/", "/email/", StringComparison.Ordinal), report)).StatusCode);
        var statuses = (await (await app.Api.GetAsync("/v1/messages")).DataAsync()).EnumerateArray().Select(message => message.Text("deliveryStatus"));
        Assert.Equal([null, null], statuses);

        // By the provider's name, as the contract has it, as well.
        var named = await app.Anonymous.PostAsJsonAsync($"/v1/webhooks/organizations/{app.OrganizationId}/environments/{app.EnvironmentId}/email/mailgun", Signed("delivered"));
        Assert.Equal(1, (await named.JsonAsync()).GetArrayLength());
    }

    [Fact]
    public async Task Trying_the_address_is_answered_and_does_nothing()
    {
        await using var vendor = await VendorAsync();
        await using var app = await StartAsync(vendor);
        var address = (await AddressAsync(app, "mailgun")).Split('?')[0];

        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.SendAsync(new(HttpMethod.Head, address))).StatusCode);
        Assert.Equal(0, (await (await app.Anonymous.GetAsync(address)).JsonAsync()).GetArrayLength());
        Assert.Equal(HttpStatusCode.Created, (await app.Anonymous.PostAsync(address, null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Anonymous.PostTextAsync(address, """{"event-data":{"event":"\u0000"}}""")).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await app.Anonymous.PostTextAsync(address, new string(' ', 2 * 1024 * 1024 + 1))).StatusCode);
    }

    [Fact]
    public async Task Where_a_vendor_posts_is_shown_to_those_who_may_know()
    {
        await using var vendor = await VendorAsync();
        await using var app = await StartAsync(vendor);
        var stranger = app.WithKey((await app.RegisterAsync()).ApiKey);

        var shown = await (await app.Api.GetAsync($"/v1/integrations/{await IdAsync(app, "mailgun")}/webhook")).DataAsync();

        Assert.StartsWith("https://notify.example.com/v1/webhooks/organizations/", shown.Text("url"), StringComparison.Ordinal);
        Assert.Equal((true, "webhookSigningKey", true), (shown.GetProperty("signed").GetBoolean(), shown.Text("signingKey"), shown.GetProperty("hasSigningKey").GetBoolean()));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/v1/integrations/{await IdAsync(app, "mailgun")}/webhook")).StatusCode);
    }

    [Fact]
    public async Task A_step_may_ask_whether_a_mail_was_opened()
    {
        await using var vendor = await VendorAsync();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = await StartAsync(vendor, clock: clock);
        var unread = new
        {
            template = new { type = "in_app", content = "Did you see?" },
            active = true,
            filters = new[] { new { value = "AND", children = new object[] { new { on = "previousStep", step = "mail", stepType = "unread" } } } },
        };
        await app.CreateWorkflowAsync("News", Mail, new { template = new { type = "delay" }, active = true, metadata = new { type = "regular", amount = 5, unit = "minutes" } }, unread);

        var transactionId = await app.TriggeredAsync(new { name = "news", to = Ann });
        await app.QuietAsync();
        await MailgunAsync(app, "opened", at: clock.GetUtcNow());
        await app.AdvanceToAsync(clock.GetUtcNow().AddMinutes(6));

        Assert.Equal(["completed", "completed", "canceled"], (await app.JobsOfAsync(transactionId)).Select(job => job.Text("status")));
    }

    private static async Task<string> TriggerAsync(CarillonApp app, string workflow)
    {
        var transactionId = await app.TriggeredAsync(new { name = workflow, to = Ann });
        await app.SettledAsync();
        return transactionId;
    }

    /// <summary>Both vendors: it calls mails m1, m2 … and texts t1, t2 …</summary>
    private static Task<HttpPeer> VendorAsync()
    {
        var (mails, texts) = (0, 0);
        return HttpPeer.StartAsync(context => context.Response.WriteAsync(context.Request.Path.StartsWithSegments("/v3")
            ? $$"""{"id":"<m{{Interlocked.Increment(ref mails)}}@example.com>"}"""
            : $$$"""{"messages":[{"messageId":"t{{{Interlocked.Increment(ref texts)}}}","status":{"groupId":1}}]}"""));
    }

    private static async Task<CarillonApp> StartAsync(HttpPeer vendor, Store store = Store.Sqlite, TimeProvider? clock = null)
    {
        var app = await CarillonApp.StartAsync(
            store, clock, settings: [("Carillon:Outbound:Allow:0", "127.0.0.0/8"), ("Carillon:PublicUrl", "https://notify.example.com")]);
        foreach (var integration in new object[]
        {
            new { providerId = "mailgun", channel = "email", active = true, credentials = new { apiKey = "k", baseUrl = vendor.Url, user = "api", domain = "example.com", from = "a@example.com", senderName = "A", webhookSigningKey = Key } },
            new { providerId = "infobip-sms", channel = "sms", active = true, credentials = new { apiKey = "k", baseUrl = vendor.Url, from = "A" } },
        })
        {
            (await app.Api.PostAsJsonAsync("/v1/integrations", integration)).EnsureSuccessStatusCode();
        }

        return app;
    }

    private static async Task<string> IdAsync(CarillonApp app, string providerId) =>
        (await (await app.Api.GetAsync("/v1/integrations")).DataAsync()).EnumerateArray().Single(one => one.Text("providerId") == providerId).Text("_id")!;

    private static async Task<string> AddressAsync(CarillonApp app, string providerId)
    {
        var shown = await (await app.Api.GetAsync($"/v1/integrations/{await IdAsync(app, providerId)}/webhook")).DataAsync();
        return new Uri(shown.Text("url")!).PathAndQuery;
    }

    private static async Task<HttpResponseMessage> MailgunAsync(CarillonApp app, string what, string? response = null, DateTimeOffset? at = null) =>
        await app.Anonymous.PostAsJsonAsync(await AddressAsync(app, "mailgun"), Signed(what, response, at));

    private static Dictionary<string, object> Signed(string what, string? response = null, DateTimeOffset? at = null, string key = Key)
    {
        var timestamp = (at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{timestamp}t")));
        return new() { ["signature"] = new { timestamp, token = "t", signature }, ["event-data"] = Event(what, response) };
    }

    private static Dictionary<string, object> Event(string what, string? response = null) => new()
    {
        ["event"] = what,
        ["timestamp"] = 1935748800.5,
        ["message"] = new { headers = new Dictionary<string, string> { ["message-id"] = "m1@example.com" } },
        ["delivery-status"] = new { message = response },
    };
}
