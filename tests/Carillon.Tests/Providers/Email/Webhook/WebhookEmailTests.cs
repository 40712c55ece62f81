using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Carillon.Providers;
using Carillon.Providers.Email;
using Carillon.Providers.Email.Webhook;
using Carillon.Tests.Support;

namespace Carillon.Tests.Providers.Email.Webhook;

public sealed class WebhookEmailTests
{
    private static readonly EmailMessage Plain = new()
    {
        Id = "6b0419ac84bdffcfdc32a56d",
        From = "from@example.com",
        To = ["ann@example.com"],
        Subject = "Hello Ann",
        Html = "<b>Hi + Grüße</b>",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plain_mail_carries_only_what_it_has()
    {
        await using var peer = await HttpPeer.StartAsync(200);

        Assert.Equal(new SendResult.Sent("6b0419ac84bdffcfdc32a56d"), await Send(peer, Plain));

        var request = Assert.Single(peer.Received);
        Assert.Equal(("POST", "/mail?t=1"), (request.Method, request.Path));
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        AssertJson("""
            {
              "id": "6b0419ac84bdffcfdc32a56d", "from": "from@example.com", "to": ["ann@example.com"],
              "subject": "Hello Ann", "html": "<b>Hi + Grüße</b>", "cc": [], "bcc": [], "customData": {}, "headers": {}
            }
            """, request.Json);
    }

    [Fact]
    public async Task A_full_mail_carries_everything()
    {
        await using var peer = await HttpPeer.StartAsync(204);
        var mail = Plain with
        {
            SenderName = "Ann's shop", ReplyTo = "r@example.com", Text = "Hi", Cc = ["c@example.com"], Bcc = ["b@example.com"],
            Headers = new Dictionary<string, string> { ["X-A"] = "1" }, IpPoolName = "pool",
            CustomData = new JsonObject { ["k"] = "v" },
            Origin = new EmailOrigin("tx", "welcome", "ann"),
            PayloadDetails = new JsonObject { ["subject"] = "Hello {{name}}", ["payload"] = new JsonObject { ["name"] = "Ann" } },
            Attachments = [new EmailAttachment("a.txt", "text/plain", "hello"u8.ToArray(), "cid1", "inline")],
        };

        Assert.IsType<SendResult.Sent>(await Send(peer, mail));

        AssertJson("""
            {
              "id": "6b0419ac84bdffcfdc32a56d", "from": "from@example.com", "senderName": "Ann's shop", "to": ["ann@example.com"],
              "replyTo": "r@example.com", "subject": "Hello Ann", "html": "<b>Hi + Grüße</b>", "text": "Hi",
              "cc": ["c@example.com"], "bcc": ["b@example.com"], "headers": { "X-A": "1" }, "ipPoolName": "pool",
              "customData": { "k": "v" },
              "notificationDetails": { "transactionId": "tx", "workflowIdentifier": "welcome", "subscriberId": "ann" },
              "payloadDetails": { "subject": "Hello {{name}}", "payload": { "name": "Ann" } },
              "attachments": [{
                "file": { "type": "Buffer", "data": [104, 101, 108, 108, 111] }, "mime": "text/plain", "name": "a.txt",
                "cid": "cid1", "disposition": "inline"
              }]
            }
            """, Assert.Single(peer.Received).Json);
    }

    [Fact]
    public async Task The_signature_is_over_the_very_bytes_that_arrive()
    {
        await using var peer = await HttpPeer.StartAsync(200);

        await Send(peer, Plain);

        var request = Assert.Single(peer.Received);
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("sek"), request.Body));
        Assert.Equal(expected, request.Headers["X-Novu-Signature"]);
        Assert.Contains("Hi + Grüße", Encoding.UTF8.GetString(request.Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, typeof(SendResult.Sent))]
    [InlineData(202, typeof(SendResult.Sent))]
    [InlineData(304, typeof(SendResult.Refused))]
    [InlineData(400, typeof(SendResult.Refused))]
    [InlineData(401, typeof(SendResult.Refused))]
    [InlineData(404, typeof(SendResult.Refused))]
    [InlineData(408, typeof(SendResult.Unavailable))]
    [InlineData(429, typeof(SendResult.Unavailable))]
    [InlineData(500, typeof(SendResult.Unavailable))]
    [InlineData(503, typeof(SendResult.Unavailable))]
    public async Task It_tells_the_engine_whether_to_try_again(int status, Type expected)
    {
        await using var peer = await HttpPeer.StartAsync(status);

        Assert.IsType(expected, await Send(peer, Plain));
    }

    [Fact]
    public async Task A_long_answer_does_not_undo_the_delivery()
    {
        await using var peer = await HttpPeer.StartAsync(200, new string('x', 1_000_000));

        Assert.IsType<SendResult.Sent>(await Send(peer, Plain));
    }

    [Theory]
    [InlineData("""{"secretKey":"sek"}""")]
    [InlineData("""{"webhookUrl":"nowhere","secretKey":"sek"}""")]
    [InlineData("""{"webhookUrl":"http://127.0.0.1:1/"}""")]
    public async Task An_account_that_cannot_work_is_refused(string account)
    {
        using var http = Outbound.ToLoopback();

        Assert.IsType<SendResult.Refused>(await new WebhookEmail(http).SendAsync(Plain, Account.Parse(account), Ct));
    }

    private static async Task<SendResult> Send(HttpPeer peer, EmailMessage mail)
    {
        using var http = Outbound.ToLoopback();
        var account = Account.Parse($$"""{"webhookUrl":"{{peer.Url}}mail?t=1","secretKey":"sek"}""");
        return await new WebhookEmail(http).SendAsync(mail, account, Ct);
    }

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());
}
