using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server;

public sealed partial class UnsubscribeTests
{
    private const string Root = "https://notify.example.com";
    private static readonly object Mail = new { template = new { type = "email", contentType = "customHtml", subject = "S", content = "<p>Hi</p>" }, active = true };

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task One_click_ends_the_mails_of_that_workflow_and_nothing_else(Store store)
    {
        await using var sender = await HttpPeer.StartAsync(200, "{}");
        await using var app = await StartAsync(sender, store);
        await app.CreateWorkflowAsync("News", Mail, WorkflowRequests.InApp("in the inbox"));
        await app.CreateWorkflowAsync("Bills", Mail);
        await TriggerAsync(app, "news");
        var link = LinkIn(sender, 0);

        using var click = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        var clicked = await app.Anonymous.PostAsync(link[Root.Length..], click);
        await TriggerAsync(app, "news");
        await TriggerAsync(app, "bills");

        Assert.Equal(HttpStatusCode.OK, clicked.StatusCode);
        Assert.Equal(["news", "bills"], sender.Received.Select(asked => (string?)asked.Json!["notificationDetails"]!["workflowIdentifier"]));
        Assert.Equal(2, (await app.FeedAsync("ann")).Length);
        var news = (await (await app.Api.GetAsync("/v1/subscribers/ann/preferences")).DataAsync()).EnumerateArray()
            .Single(entry => entry.GetProperty("template").Text("name") == "News");
        Assert.False(news.GetProperty("preference").GetProperty("channels").GetProperty("email").GetBoolean());
    }

    [Fact]
    public async Task Looking_at_the_link_changes_nothing()
    {
        await using var sender = await HttpPeer.StartAsync(200, "{}");
        await using var app = await StartAsync(sender);
        await app.CreateWorkflowAsync("News", Mail);
        await TriggerAsync(app, "news");

        var page = await app.Anonymous.GetAsync(LinkIn(sender, 0)[Root.Length..]);
        await TriggerAsync(app, "news");

        Assert.Contains("<form method=\"post\">", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(2, sender.Received.Count);
    }

    [Fact]
    public async Task A_link_that_somebody_changed_is_worth_nothing()
    {
        await using var sender = await HttpPeer.StartAsync(200, "{}");
        await using var app = await StartAsync(sender);
        await app.CreateWorkflowAsync("News", Mail);
        await TriggerAsync(app, "news");
        var path = LinkIn(sender, 0)[Root.Length..];

        foreach (var forged in new[] { path[..^1], path[..^1] + (path[^1] == 'A' ? 'B' : 'A'), path[..40] + (path[40] == 'a' ? 'b' : 'a') + path[41..], "/v1/unsubscribe/x" })
            Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.PostAsync(forged, null)).StatusCode);
        await TriggerAsync(app, "news");

        Assert.Equal(2, sender.Received.Count);
    }

    [Fact]
    public async Task Mails_that_nobody_may_decline_carry_no_link()
    {
        await using var sender = await HttpPeer.StartAsync(200, "{}");
        await using var app = await StartAsync(sender);
        await app.Api.PostAsJsonAsync(WorkflowRequests.Route, new { name = "Alarm", notificationGroupId = app.NotificationGroupId, active = true, critical = true, steps = new[] { Mail } });

        await TriggerAsync(app, "alarm");

        Assert.Empty(HeadersOf(sender, 0).EnumerateObject());
    }

    [Fact]
    public async Task A_callers_own_link_stands()
    {
        await using var sender = await HttpPeer.StartAsync(200, "{}");
        await using var app = await StartAsync(sender);
        await app.CreateWorkflowAsync("News", Mail);

        await TriggerAsync(app, "news", new { email = new { headers = new Dictionary<string, string> { ["list-unsubscribe"] = "<https://own.example>" } } });

        Assert.Equal("""{"list-unsubscribe":"<https://own.example>"}""", HeadersOf(sender, 0).GetRawText());
    }

    [Fact]
    public async Task Without_a_public_address_there_is_no_link()
    {
        await using var sender = await HttpPeer.StartAsync(200, "{}");
        await using var app = await StartAsync(sender, publicUrl: null);
        await app.CreateWorkflowAsync("News", Mail);

        await TriggerAsync(app, "news");

        Assert.Empty(HeadersOf(sender, 0).EnumerateObject());
    }

    private static async Task<CarillonApp> StartAsync(HttpPeer sender, Store store = Store.Sqlite, string? publicUrl = Root)
    {
        List<(string, string)> settings = [("Carillon:Outbound:Allow:0", "127.0.0.0/8")];
        if (publicUrl is not null) settings.Add(("Carillon:PublicUrl", publicUrl));
        var app = await CarillonApp.StartAsync(store, settings: [.. settings]);
        var response = await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "email-webhook",
            channel = "email",
            credentials = new { webhookUrl = $"{sender.Url}mail", secretKey = "s", from = "shop@example.com" },
            active = true,
        });
        response.EnsureSuccessStatusCode();
        return app;
    }

    private static async Task TriggerAsync(CarillonApp app, string workflow, object? overrides = null)
    {
        await app.TriggeredAsync(new { name = workflow, to = new { subscriberId = "ann", email = "ann@example.com" }, overrides });
        await app.SettledAsync();
    }

    private static string LinkIn(HttpPeer sender, int mail)
    {
        var headers = HeadersOf(sender, mail);
        Assert.Equal("List-Unsubscribe=One-Click", headers.Text("List-Unsubscribe-Post"));
        return Link().Match(headers.Text("List-Unsubscribe")!).Groups[1].Value;
    }

    private static JsonElement HeadersOf(HttpPeer sender, int mail) =>
        JsonElement.Parse(sender.Received.ElementAt(mail).Body).GetProperty("headers");

    [GeneratedRegex("^<(https://notify.example.com/v1/unsubscribe/[0-9A-Za-z_-]+)>$")]
    private static partial Regex Link();
}
