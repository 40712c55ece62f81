using System.Text.Json.Nodes;
using Carillon.Providers;
using Carillon.Providers.Chat;
using Carillon.Providers.Chat.Slack;
using Carillon.Tests.Support;

namespace Carillon.Tests.Providers.Chat.Slack;

public sealed class SlackChatTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_posts_the_text_to_the_webhook()
    {
        await using var slack = await HttpPeer.StartAsync(200, "ok", ("x-slack-req-id", "req-7"));

        var result = await Send(slack, "Grüße + <b>");

        Assert.Equal(new SendResult.Sent("req-7"), result);
        var request = Assert.Single(slack.Received);
        Assert.Equal(("POST", "/services/T0/B0/secret?x=1"), (request.Method, request.Path));
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.False(request.Headers.ContainsKey("traceparent"));
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["text"] = "Grüße + <b>" }, request.Json));
    }

    [Fact]
    public async Task Custom_data_goes_out_as_it_is()
    {
        await using var slack = await HttpPeer.StartAsync(200, "ok");
        var custom = JsonNode.Parse("""{"blocks":[{"type":"divider"}],"unfurl_links":false,"text":"other"}""")!.AsObject();

        var result = await Send(slack, "Hello", custom);

        Assert.Equal(new SendResult.Sent(null), result);
        Assert.True(JsonNode.DeepEquals(custom, Assert.Single(slack.Received).Json));
    }

    [Theory]
    [InlineData(400, "invalid_payload", typeof(SendResult.Refused))]
    [InlineData(400, "user_not_found", typeof(SendResult.Refused))]
    [InlineData(403, "action_prohibited", typeof(SendResult.Refused))]
    [InlineData(403, "invalid_token", typeof(SendResult.Refused))]
    [InlineData(404, "channel_not_found", typeof(SendResult.Refused))]
    [InlineData(404, "no_service", typeof(SendResult.Refused))]
    [InlineData(410, "channel_is_archived", typeof(SendResult.Refused))]
    [InlineData(429, "rate_limited", typeof(SendResult.Unavailable))]
    [InlineData(500, "rollup_error", typeof(SendResult.Unavailable))]
    [InlineData(503, "service_unavailable", typeof(SendResult.Unavailable))]
    public async Task It_tells_the_engine_whether_to_try_again(int status, string word, Type expected)
    {
        await using var slack = await HttpPeer.StartAsync(status, word);

        var result = await Send(slack, "Hello");

        Assert.IsType(expected, result);
        Assert.Contains($"127.0.0.1 answered {status} {word}", $"{result}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_passes_on_how_long_Slack_wants_to_be_left_alone()
    {
        await using var slack = await HttpPeer.StartAsync(429, "", ("Retry-After", "30"));

        var result = Assert.IsType<SendResult.Unavailable>(await Send(slack, "Hello"));

        Assert.Equal(TimeSpan.FromSeconds(30), result.RetryAfter);
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("ftp://hooks.example/secret")]
    [InlineData("https://user:pass@hooks.example/secret")]
    [InlineData("/services/secret")]
    [InlineData("")]
    public async Task A_webhook_that_is_no_web_address_is_refused_without_repeating_it(string url)
    {
        using var http = Outbound.ToLoopback();

        var result = await new SlackChat(http).SendAsync(new ChatMessage("m1", url, "Hello"), Account.Empty, Ct);

        Assert.DoesNotContain("secret", Assert.IsType<SendResult.Refused>(result).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "<html>secret</html>")]
    [InlineData(500, "secret key=1")]
    public async Task A_reason_never_repeats_the_webhook_or_what_a_stranger_wrote(int status, string body)
    {
        await using var slack = await HttpPeer.StartAsync(status, body);

        Assert.DoesNotContain("secret", $"{await Send(slack, "Hello")}", StringComparison.Ordinal);
    }

    private static async Task<SendResult> Send(HttpPeer slack, string text, JsonObject? custom = null)
    {
        using var http = Outbound.ToLoopback();
        var message = new ChatMessage("m1", $"{slack.Url}services/T0/B0/secret?x=1", text, CustomData: custom);
        return await new SlackChat(http).SendAsync(message, Account.Empty, Ct);
    }
}
