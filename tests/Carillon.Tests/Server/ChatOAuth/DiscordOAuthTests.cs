using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace Carillon.Tests.Server.ChatOAuth;

/// <summary>A person who connects Discord, from the link to the first message.</summary>
public sealed class DiscordOAuthTests
{
    private const string Callback = "/v1/subscribers/credentials/discord/oauth/callback";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_signed_link_leads_to_discord_and_back_to_a_channel_that_is_written_to(Store store)
    {
        await using var discord = await FakeDiscordAsync();
        await using var app = await StartAsync(discord, store);

        var away = await DepartAsync(app, "ann b&c");
        Assert.Equal("https://discord.example.com/authorize", away.GetLeftPart(UriPartial.Path));
        var query = QueryHelpers.ParseQuery(away.Query);
        Assert.Equal(["response_type", "client_id", "scope", "redirect_uri", "state"], query.Keys);
        Assert.Equal(["code", "client.1", "webhook.incoming"], new[] { "response_type", "client_id", "scope" }.Select(name => query[name].ToString()));
        Assert.Equal($"https://notify.example.com{Callback}", query["redirect_uri"]);

        var response = await ReturnAsync(app, $"code=code%261&state={Uri.EscapeDataString(query["state"]!)}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Chat is connected", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var trade = Assert.Single(discord.Received);
        Assert.Equal($"Basic {Convert.ToBase64String("client.1:hush"u8)}", trade.Headers["Authorization"]);
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(trade.Body));
        Assert.Equal(
            ["authorization_code", "code&1", $"https://notify.example.com{Callback}"],
            new[] { "grant_type", "code", "redirect_uri" }.Select(name => form[name].ToString()));

        await app.CreateWorkflowAsync("Chat", new { template = new { type = "chat", content = "Hello" }, active = true });
        await app.TriggeredAsync(new { name = "chat", to = "ann b&c" });
        await app.SettledAsync();
        var message = discord.Received.Last();
        Assert.Equal("/api/webhooks/1/secret?wait=true", message.Path);
        Assert.Equal("Hello", (string?)message.Json!["content"]);
    }

    [Fact]
    public async Task A_state_is_good_once_and_for_whom_it_was_made()
    {
        await using var discord = await FakeDiscordAsync();
        await using var app = await StartAsync(discord);
        var state = StateOf(await DepartAsync(app, "ann"));
        var parts = state.Split('.', 2);
        var bobs = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])).Replace("ann", "bob", StringComparison.Ordinal);

        foreach (var wrong in new[] { "nonsense", "a.b.c.d.e", $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(bobs))}.{parts[1]}", parts[1], $"{parts[0]}.{parts[1]}x" })
            await AssertSaysAsync(await ReturnAsync(app, $"code=1&state={Uri.EscapeDataString(wrong)}"), HttpStatusCode.BadRequest, "The state is not valid for this link");
        await AssertSaysAsync(await ReturnAsync(app, "code=1"), HttpStatusCode.BadRequest, "The state is missing");

        Assert.Empty(discord.Received);
        Assert.Equal(HttpStatusCode.OK, (await ReturnAsync(app, $"code=1&state={state}")).StatusCode);
        await AssertSaysAsync(await ReturnAsync(app, $"code=2&state={state}"), HttpStatusCode.BadRequest, "The state has been used already, please start again");
        Assert.Single(discord.Received);
    }

    [Fact]
    public async Task Who_denies_access_reads_so()
    {
        await using var discord = await FakeDiscordAsync();
        await using var app = await StartAsync(discord);
        var state = StateOf(await DepartAsync(app, "ann"));

        await AssertSaysAsync(
            await ReturnAsync(app, $"error=access_denied&error_description=no&state={state}"), HttpStatusCode.BadRequest, "Provider discord was not given access");
        Assert.Empty(discord.Received);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Invalid \"code\" in request."}""", 400, "Provider discord returned error invalid_grant: Invalid &quot;code&quot; in request.")]
    [InlineData(401, """{"error":"invalid_client"}""", 400, "Provider discord returned error invalid_client")]
    [InlineData(200, """{"access_token":"t"}""", 400, "Provider discord did not return a webhook url")]
    [InlineData(200, "<html>", 400, "Provider discord did not return a webhook url")]
    [InlineData(429, "", 503, "Provider discord cannot be reached, please try again")]
    [InlineData(500, "", 503, "Provider discord cannot be reached, please try again")]
    public async Task What_goes_wrong_at_discord_is_said_on_a_page_and_can_be_tried_again(int status, string body, int answered, string line)
    {
        var fails = true;
        await using var discord = await FakeDiscordAsync(context =>
        {
            if (fails) context.Response.StatusCode = status;
            return fails ? body : null;
        });
        await using var app = await StartAsync(discord);
        var state = StateOf(await DepartAsync(app, "ann"));

        await AssertSaysAsync(await ReturnAsync(app, $"code=1&state={state}"), (HttpStatusCode)answered, line);
        Assert.False((await app.Api.GetAsync("/v1/subscribers/ann")).IsSuccessStatusCode);

        fails = false;
        Assert.Equal(HttpStatusCode.OK, (await ReturnAsync(app, $"code=1&state={state}")).StatusCode);
    }

    private static async Task<HttpPeer> FakeDiscordAsync(Func<HttpContext, string?>? token = null)
    {
        HttpPeer? peer = null;
        return peer = await HttpPeer.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path != "/token" ? """{"id":"9"}"""
            : token?.Invoke(context)
                ?? $$$"""{"access_token":"not-kept","webhook":{"id":"1","token":"secret","url":"{{{new Uri(peer!.Url, "/api/webhooks/1/secret")}}}"}}"""));
    }

    private static async Task<CarillonApp> StartAsync(HttpPeer discord, Store store = Store.Sqlite)
    {
        var app = await CarillonApp.StartAsync(store, settings:
        [
            ("Carillon:PublicUrl", "https://notify.example.com"),
            ("Carillon:Discord:AuthorizeUrl", "https://discord.example.com/authorize"),
            ("Carillon:Discord:TokenUrl", new Uri(discord.Url, "/token").AbsoluteUri),
            ("Carillon:Outbound:Allow:0", "127.0.0.0/8"),
        ]);
        (await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "discord", channel = "chat", active = true, credentials = new { clientId = "client.1", secretKey = "hush" },
        })).EnsureSuccessStatusCode();
        return app;
    }

    private static async Task<Uri> DepartAsync(CarillonApp app, string subscriberId)
    {
        var hash = ChatConnection.Hash(subscriberId, app.ApiKey);
        var response = await Browser(app).GetAsync(
            $"/v1/subscribers/{Uri.EscapeDataString(subscriberId)}/credentials/discord/oauth?environmentId={app.EnvironmentId}&hmacHash={hash}");
        return response.Headers.Location ?? throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
    }

    private static string StateOf(Uri away) => QueryHelpers.ParseQuery(away.Query)["state"]!;

    private static Task<HttpResponseMessage> ReturnAsync(CarillonApp app, string query) => Browser(app).GetAsync($"{Callback}?{query}");

    private static HttpClient Browser(CarillonApp app)
    {
        var browser = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        return browser;
    }

    private static async Task AssertSaysAsync(HttpResponseMessage response, HttpStatusCode status, string line)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(line, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
