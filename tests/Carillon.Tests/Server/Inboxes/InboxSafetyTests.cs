using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Server.Realtime;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Inboxes;

/// <summary>What a hostile payload, profile or page gets out of an inbox: nothing.</summary>
public sealed class InboxSafetyTests
{
    private const string Ours = "https://app.example.com";

    [Fact]
    public async Task Nothing_in_a_message_runs_and_no_link_leads_into_a_script()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann", avatar = "javascript:alert(1)" });
        var text = await app.CreateWorkflowAsync("Text", Step("{{{html}}}"));
        var html = await app.CreateWorkflowAsync("Html", Step("{{{html}}}", "customHtml"));
        var payload = new { html = "<b>Hi</b><img src=x onerror=alert(1)>", link = "javascript:alert(1)" };
        foreach (var workflow in new[] { text, html })
        {
            await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann", payload, transactionId = workflow.Identifier() });
            await app.SettledAsync();
        }

        var inbox = await app.InboxOfAsync("ann");
        Assert.Equal(["<b>Hi</b><img src=\"x\">", "&lt;b>Hi&lt;/b>&lt;img src=x onerror=alert(1)>"], await inbox.BodiesAsync());
        Assert.All(await inbox.NotificationsAsync(), shown =>
        {
            Assert.False(shown.TryGetProperty("redirect", out _));
            Assert.Equal("/yes", shown.GetProperty("primaryAction").GetProperty("redirect").GetProperty("url").GetString());
            Assert.False(shown.GetProperty("secondaryAction").TryGetProperty("redirect", out _));
            Assert.False(shown.GetProperty("to").TryGetProperty("avatar", out _));
        });
        Assert.DoesNotContain("javascript", (await inbox.FeedAsync())[0].GetProperty("cta").GetRawText(), StringComparison.Ordinal);
        Assert.Contains(await DetailsAsync(app, "text"), detail => detail.StartsWith("A link that is neither", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_an_environment_lists_pages_no_other_page_uses_its_inbox()
    {
        await using var app = await CarillonApp.StartAsync();
        var owner = await app.RegisterAsync();
        var before = (await (await OpenAsync(app, owner, "inbox/session", Ours)).DataAsync()).GetProperty("token").GetString()!;
        await ListAsync(app, owner, Ours);

        Assert.Equal(HttpStatusCode.Created, (await OpenAsync(app, owner, "inbox/session", Ours)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await OpenAsync(app, owner, "inbox/session", origin: null)).StatusCode);
        foreach (var page in new[] { "https://evil.example", "http://app.example.com", "https://app.example.com:8443", "null" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await OpenAsync(app, owner, "inbox/session", page)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await OpenAsync(app, owner, "widgets/session/initialize", page)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await ReadAsync(app, before, page)).StatusCode);
            Assert.Equal("41", await ConnectAsync(app, before, page));
        }

        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(app, before, Ours)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(app, before, origin: null)).StatusCode);
        Assert.Null(await ConnectAsync(app, before, Ours));

        await ListAsync(app, owner);
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(app, before, "https://evil.example")).StatusCode);
    }

    [Theory]
    [InlineData("https://app.example.com/path")]
    [InlineData("app.example.com")]
    [InlineData("*")]
    [InlineData("https://ann@app.example.com")]
    public async Task What_is_no_origin_cannot_be_listed(string text)
    {
        await using var app = await CarillonApp.StartAsync();
        var owner = await app.RegisterAsync();

        var answer = await SetAsync(app, owner, text);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("widget.allowedOrigins", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static object Step(string content, string? contentType = null) => new
    {
        template = new
        {
            type = "in_app",
            content,
            contentType,
            cta = new
            {
                type = "redirect",
                data = new { url = "{{{link}}}" },
                action = new
                {
                    buttons = new[]
                    {
                        new { type = "primary", content = "Yes", url = "/yes" },
                        new { type = "secondary", content = "No", url = "data:text/html,<script>alert(1)</script>" },
                    },
                },
            },
        },
        active = true,
    };

    private static async Task ListAsync(CarillonApp app, CarillonApp.Registered owner, params string[] origins)
    {
        Assert.Equal(HttpStatusCode.OK, (await SetAsync(app, owner, origins)).StatusCode);
        var widget = (await EnvironmentAsync(app, owner)).GetProperty("widget");
        Assert.Equal(origins, widget.TryGetProperty("allowedOrigins", out var listed) ? listed.EnumerateArray().Select(origin => origin.GetString()!) : []);
    }

    private static Task<HttpResponseMessage> SetAsync(CarillonApp app, CarillonApp.Registered owner, params string[] origins) =>
        app.WithToken(owner.Token).PutAsJsonAsync($"/v1/environments/{owner.EnvironmentId}", new { widget = new { allowedOrigins = origins } });

    private static async Task<JsonElement> EnvironmentAsync(CarillonApp app, CarillonApp.Registered owner) =>
        await (await app.WithKey(owner.ApiKey).GetAsync("/v1/environments/me")).DataAsync();

    private static async Task<HttpResponseMessage> OpenAsync(CarillonApp app, CarillonApp.Registered owner, string route, string? origin) => await SendAsync(
        app.Anonymous,
        HttpMethod.Post,
        $"/v1/{route}",
        origin,
        new { subscriberId = "ann", applicationIdentifier = (await EnvironmentAsync(app, owner)).GetProperty("identifier").GetString() });

    private static Task<HttpResponseMessage> ReadAsync(CarillonApp app, string token, string? origin) =>
        SendAsync(app.WithToken(token), HttpMethod.Get, "/v1/inbox/notifications", origin);

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string? origin, object? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        return client.SendAsync(request);
    }

    /// <summary>What follows the greeting: being shown out, or nothing for now.</summary>
    private static async Task<string?> ConnectAsync(CarillonApp app, string token, string origin)
    {
        await using var socket = await InboxSocket.OpenAsync(app, origin: origin);
        await socket.NextAsync();
        await socket.SendAsync($$"""40{"token":"{{token}}"}""");
        Assert.StartsWith("40{", await socket.NextAsync(), StringComparison.Ordinal);
        await socket.SendAsync("40/nowhere,");
        return await socket.NextAsync() is { } next && !next.StartsWith("44/nowhere", StringComparison.Ordinal) ? next : null;
    }

    private static async Task<IEnumerable<string>> DetailsAsync(CarillonApp app, string transactionId)
    {
        var runs = await (await app.Api.GetAsync($"/v1/notifications?transactionId={transactionId}")).DataAsync();
        return from job in runs[0].GetProperty("jobs").EnumerateArray()
               from detail in job.GetProperty("executionDetails").EnumerateArray()
               select detail.GetProperty("detail").GetString()!;
    }
}
