using System.Net;
using System.Net.Http.Headers;
using Carillon.Server.Configuration;
using Carillon.Server.Http.Access;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server.ChatOAuth;

public sealed class FinishChatOAuthTests
{
    private const string Denied = "Provider slack was not given access";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_webhook_is_kept_sealed_and_shown_to_the_holder_of_a_key(Store store)
    {
        await using var chat = await ChatConnection.StartAsync(store);
        var integration = await chat.IntegrateAsync("my slack");
        var departure = await chat.DepartAsync(chat.Link("ann 1&x", identifier: "my slack"));

        var response = await chat.ReturnAsync(departure, "code&1");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await AssertPageAsync(response, "Chat is connected");
        var form = Assert.Single(chat.Slack.Exchanges);
        Assert.Equal(departure.RedirectUri.OriginalString, form["redirect_uri"]);
        Assert.Equal("code&1", form["code"]);
        Assert.Equal("client.1", form["client_id"]);
        Assert.Equal("hush", form["client_secret"]);

        var channel = (await chat.SubscriberAsync("ann 1&x")).GetProperty("channels")[0];
        Assert.Equal(integration.Id(), channel.GetProperty("_integrationId").GetString());
        Assert.Equal("slack", channel.GetProperty("providerId").GetString());
        Assert.Equal(chat.Slack.WebhookUrl, channel.GetProperty("credentials").GetProperty("webhookUrl").GetString());
        Assert.Equal("slack", channel.GetProperty("credentials").GetProperty("channel").GetString());
        await using var db = chat.App.OpenDb();
        Assert.DoesNotContain("hook", (await db.SubscriberChannels.SingleAsync()).Cipher, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_closes_itself_by_the_only_script_it_may_run()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync();

        var response = await chat.ReturnAsync(await chat.DepartAsync());

        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("<script>window.close()</script>", page, StringComparison.Ordinal);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("unsafe-none", response.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
    }

    [Theory]
    [InlineData("https://app.example.com/done?a=1#top", "https://app.example.com/done?a=1#top")]
    [InlineData("myapp://connected", "myapp://connected")]
    [InlineData("/somewhere", null)]
    public async Task Afterwards_the_person_is_sent_where_the_integration_says(string redirectUrl, string? location)
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync(credentials: new { clientId = "client.1", secretKey = "hush", redirectUrl });

        var response = await chat.ReturnAsync(await chat.DepartAsync());

        Assert.Equal(location is null ? HttpStatusCode.OK : HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(location, response.Headers.Location?.OriginalString);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(await chat.IsThereAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_state_is_good_for_one_connection(Store store)
    {
        await using var chat = await ChatConnection.StartAsync(store);
        await chat.IntegrateAsync();
        var departure = await chat.DepartAsync();
        await chat.ReturnAsync(departure);

        var again = await chat.ReturnAsync(departure, "code-2");

        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        await AssertPageAsync(again, "The state has been used already, please start again");
        Assert.Single(chat.Slack.Exchanges);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Of_many_who_come_back_with_one_state_at_once_one_connects(Store store)
    {
        await using var chat = await ChatConnection.StartAsync(store);
        await chat.IntegrateAsync();
        var departure = await chat.DepartAsync();
        var here = 0;
        var together = new TaskCompletionSource();
        var answer = chat.Slack.Token;
        chat.Slack.Token = async context =>
        {
            if (Interlocked.Increment(ref here) == 4) together.SetResult();
            await together.Task;
            await answer(context);
        };

        var responses = await Task.WhenAll(Enumerable.Range(1, 4).Select(n => chat.ReturnAsync(departure, $"code-{n}")));

        Assert.Equal(1, responses.Count(response => response.StatusCode == HttpStatusCode.OK));
        Assert.Equal(3, responses.Count(response => response.StatusCode == HttpStatusCode.BadRequest));
        Assert.Single((await chat.SubscriberAsync()).GetProperty("channels").EnumerateArray());
    }

    [Fact]
    public async Task A_state_that_slack_refused_the_code_for_can_be_used_again()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync();
        var departure = await chat.DepartAsync();
        var good = chat.Slack.Token;
        chat.Slack.Token = FakeSlack.Says("""{"ok":false,"error":"invalid_code"}""");
        await chat.ReturnAsync(departure);
        chat.Slack.Token = good;

        Assert.Equal(HttpStatusCode.OK, (await chat.ReturnAsync(departure)).StatusCode);
    }

    [Theory]
    [InlineData(11 * 60, true)]
    [InlineData((11 * 60) + 1, false)]
    [InlineData(-60, true)]
    [InlineData(-61, false)]
    public async Task A_state_lasts_ten_minutes_and_clocks_may_differ_by_one(int seconds, bool isGood)
    {
        var now = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
        var clock = new FakeTimeProvider(now);
        await using var chat = await ChatConnection.StartAsync(clock: clock);
        await chat.IntegrateAsync();
        var departure = await chat.DepartAsync();

        clock.AdjustTime(now.AddSeconds(seconds));
        var response = await chat.ReturnAsync(departure);

        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        if (!isGood) await AssertPageAsync(response, seconds < 0 ? "The state is from the future" : "The state has expired, please start again");
        Assert.Equal(isGood, await chat.IsThereAsync());
    }

    [Fact]
    public async Task A_state_that_was_changed_or_made_for_something_else_is_worth_nothing()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync("one");
        await chat.IntegrateAsync("two");
        var ours = await chat.DepartAsync(chat.Link(identifier: "one"));
        var parts = ours.State.Split('.');
        var other = await chat.App.RegisterAsync();
        await chat.App.WithKey(other.ApiKey).PostTextAsync(
            "/v1/integrations", """{"providerId":"slack","channel":"chat","identifier":"one","credentials":{"clientId":"c"},"active":true}""");
        var foreign = await chat.DepartAsync(
            chat.Link(hash: ChatConnection.Hash("ann", other.ApiKey), identifier: "one", environmentId: other.EnvironmentId));

        string[] states =
        [
            "nonsense",
            "a.b.c.d",
            $"{parts[0]}x.{parts[1]}.{parts[2]}.{parts[3]}",
            $"{parts[0]}.{parts[1]}0.{parts[2]}.{parts[3]}",
            $"{parts[0]}.{parts[1]}.{parts[2]}.{parts[3][..^1]}",
            $"{parts[0]}.{parts[1]}.{parts[2]}.{new string('A', parts[3].Length)}",
            (await chat.DepartAsync(chat.Link("bob", identifier: "one"))).State,
            (await chat.DepartAsync(chat.Link(identifier: "two"))).State,
            foreign.State,
        ];
        foreach (var state in states)
        {
            var response = await chat.ReturnAsync(ours with { State = state });
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            await AssertPageAsync(response, "The state is not valid for this link");
        }

        await AssertPageAsync(await chat.ReturnAsync(ours with { State = "" }), "The state is missing");
        Assert.Empty(chat.Slack.Exchanges);
        Assert.False(await chat.IsThereAsync());
    }

    [Fact]
    public async Task Who_denies_access_reads_so()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync();
        var departure = await chat.DepartAsync();

        async Task ReadsAsync(string query, params string[] lines)
        {
            var response = await chat.Browser.GetAsync($"{departure.RedirectUri.PathAndQuery}&{query}state={departure.State}");
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            await AssertPageAsync(response, lines);
        }

        await ReadsAsync("error=access_denied&", Denied);
        await ReadsAsync("error=%3Cscript%3Ealert(1)%3C%2Fscript%3E&", "Provider slack returned error &lt;script&gt;alert(1)&lt;/script&gt;");
        await ReadsAsync("", "providerCode must be a string", "providerCode should not be undefined");
        await ReadsAsync("code=&", "providerCode should not be empty string");
        Assert.Empty(chat.Slack.Exchanges);
    }

    [Theory]
    [InlineData(200, """{"ok":false,"error":"invalid_code"}""", 400, "Provider slack returned error invalid_code")]
    [InlineData(200, """{"ok":false,"error":"bad","response_metadata":{"messages":["one","two"]}}""", 400, "Provider slack returned error bad, metadata:one, two")]
    [InlineData(200, """{"ok":false,"error":"<b>&"}""", 400, "Provider slack returned error &lt;b&gt;&amp;")]
    [InlineData(200, """{"ok":true}""", 400, "Provider slack did not return a webhook url")]
    [InlineData(200, """{"ok":true,"incoming_webhook":{"url":"javascript:alert(1)"}}""", 400, "Provider slack did not return a webhook url")]
    [InlineData(200, "[1]", 400, "Provider slack did not return a webhook url")]
    [InlineData(200, "<html>", 400, "Provider slack did not return a webhook url")]
    [InlineData(500, "boom", 503, "Provider slack cannot be reached, please try again")]
    [InlineData(429, "", 503, "Provider slack cannot be reached, please try again")]
    public async Task What_goes_wrong_at_slack_is_said_on_a_page(int status, string body, int answered, string line)
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync();
        chat.Slack.Token = FakeSlack.Says(body, status);

        var response = await chat.ReturnAsync(await chat.DepartAsync());

        Assert.Equal(answered, (int)response.StatusCode);
        await AssertPageAsync(response, line);
        Assert.False(await chat.IsThereAsync());
    }

    [Fact]
    public async Task A_slow_slack_is_not_waited_for()
    {
        await using var chat = await ChatConnection.StartAsync(settings: ("Carillon:Slack:Timeout", "00:00:00.2"));
        await chat.IntegrateAsync();
        chat.Slack.Token = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        var response = await chat.ReturnAsync(await chat.DepartAsync());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        await AssertPageAsync(response, "Provider slack cannot be reached, please try again");
        Assert.Equal(TimeSpan.FromSeconds(10), new SlackOptions().Timeout);
    }

    [Fact]
    public async Task A_slack_that_says_too_much_is_not_listened_to()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync();
        chat.Slack.Token = FakeSlack.Says(
            $$"""{"ok":true,"padding":"{{new string('x', 70_000)}}","incoming_webhook":{"url":"{{chat.Slack.WebhookUrl}}"} }""");

        var response = await chat.ReturnAsync(await chat.DepartAsync());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await AssertPageAsync(response, "Provider slack did not return a webhook url");
        Assert.False(await chat.IsThereAsync());
    }

    [Fact]
    public async Task Slack_is_not_reached_through_a_network_that_is_not_allowed()
    {
        await using var chat = await ChatConnection.StartAsync(settings: ("Carillon:Outbound:Allow:0", "192.0.2.1"));
        await chat.IntegrateAsync();

        var response = await chat.ReturnAsync(await chat.DepartAsync());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(chat.Slack.Exchanges);
    }

    [Fact]
    public async Task A_callback_for_what_is_not_there_reads_alike()
    {
        await using var chat = await ChatConnection.StartAsync();
        const string Unknown = "000000000000000000000000";

        foreach (var environmentId in new[] { Unknown, chat.App.EnvironmentId })
        {
            var response = await chat.Browser.GetAsync($"/v1/subscribers/ann/credentials/slack/oauth/callback?environmentId={environmentId}&code=1&state=x");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            await AssertPageAsync(response, $"Integration in environment {environmentId} was not found, channel: chat, providerId: slack");
        }

        var bad = await chat.Browser.GetAsync("/v1/subscribers/ann/credentials/slack/oauth/callback?code=1&state=x");
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        await AssertPageAsync(bad, "environmentId must be a mongodb id");
        var text = await chat.Browser.GetAsync($"/v1/subscribers/ann/credentials/slack/oauth/callback?environmentId={Unknown}&code=%00");
        Assert.Equal(HttpStatusCode.BadRequest, text.StatusCode);
        await AssertPageAsync(text);
    }

    [Fact]
    public async Task Nothing_is_connected_through_an_integration_that_is_switched_off()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync(active: false);

        var response = await chat.ReturnAsync(await chat.DepartAsync());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await AssertPageAsync(response, $"Subscribers environment ({chat.App.EnvironmentId}) do not have active slack integration.");
        Assert.Empty(chat.Slack.Exchanges);
        Assert.False(await chat.IsThereAsync());
    }

    [Fact]
    public async Task Connecting_again_replaces_the_webhook_and_revives_who_was_deleted()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync();
        await chat.ReturnAsync(await chat.DepartAsync());
        await chat.App.Api.DeleteAsync("/v1/subscribers/ann");
        chat.Slack.Token = FakeSlack.Says("""{"ok":true,"incoming_webhook":{"url":"https://hooks.example.com/second"}}""");

        var response = await chat.ReturnAsync(await chat.DepartAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var channel = Assert.Single((await chat.SubscriberAsync()).GetProperty("channels").EnumerateArray());
        Assert.Equal("https://hooks.example.com/second", channel.GetProperty("credentials").GetProperty("webhookUrl").GetString());
    }

    [Fact]
    public async Task A_subscribers_token_never_shows_the_webhook()
    {
        await using var chat = await ChatConnection.StartAsync();
        await chat.IntegrateAsync();
        await chat.ReturnAsync(await chat.DepartAsync());
        await using var db = chat.App.OpenDb();
        var token = chat.App.Get<SubscriberTokens>().Mint(await db.Subscribers.SingleAsync());
        var subscriber = chat.App.WithToken(token, chat.App.EnvironmentId);

        foreach (var path in new[] { "/v1/subscribers", "/v1/subscribers/ann", "/v1/messages" })
        {
            var response = await subscriber.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.DoesNotContain("/hook/", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task AssertPageAsync(HttpResponseMessage response, params string[] lines)
    {
        Assert.Equal(new MediaTypeHeaderValue("text/html") { CharSet = "utf-8" }, response.Content.Headers.ContentType);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.StartsWith("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var page = await response.Content.ReadAsStringAsync();
        foreach (var line in lines)
            Assert.Contains(line, page, StringComparison.Ordinal);
    }
}
