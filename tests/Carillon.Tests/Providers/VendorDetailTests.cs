using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Providers;
using Carillon.Providers.Aws;
using Carillon.Providers.Chat;
using Carillon.Providers.Email.Smtp;
using Carillon.Providers.Http;
using Carillon.Providers.Push;
using Carillon.Providers.Sms;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Providers;

/// <summary>What a table of requests and answers does not show: signatures, tokens that last, alphabets.</summary>
public sealed class VendorDetailTests
{
    private const string Id = "65a000000000000000000001";
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    // The two requests with which AWS documents the algorithm.
    [Theory]
    [InlineData(
        "https://example.amazonaws.com/", "service", null, "host;x-amz-date",
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData(
        "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08", "iam", "application/x-www-form-urlencoded; charset=utf-8",
        "content-type;host;x-amz-date", "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")]
    public void Requests_are_signed_as_AWS_shows(string url, string service, string? contentType, string names, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (contentType is not null)
        {
            request.Content = new ByteArrayContent([]);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        SigV4.Sign(request, [], new(
            "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", service, new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero)));

        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/{service}/aws4_request, SignedHeaders={names}, Signature={signature}",
            request.Headers.GetValues("Authorization").Single());
    }

    [Theory]
    [InlineData("eu-west-1.evil.example/")]
    [InlineData("a.b")]
    [InlineData("x@y")]
    public async Task A_region_that_is_none_leads_nowhere(string region)
    {
        var stub = new VendorStub(new VendorCase.Answer(200, null, ""));
        var account = Account.Parse(JsonSerializer.Serialize(new { apiKey = "a", secretKey = "s", region }));

        var result = await new SnsSms(Http(stub), TimeProvider.System).SendAsync(new(Id, "+1", null, "Hi"), account, default);

        Assert.IsType<SendResult.Refused>(result);
        Assert.Empty(stub.Received);
    }

    [Fact]
    public async Task FCM_gets_one_token_for_many_messages_and_a_new_one_when_it_is_refused()
    {
        var clock = new FakeTimeProvider(Now);
        var stub = new VendorStub(
            new(200, null, """{"access_token":"AT1"}"""), new(200, null, """{"name":"1"}"""), new(200, null, """{"name":"2"}"""),
            new(401, null, """{"error":{"status":"UNAUTHENTICATED"}}"""),
            new(200, null, """{"access_token":"AT2"}"""), new(200, null, """{"name":"3"}"""));
        var fcm = new FcmPush(new OutboundHttp(stub, clock), clock);
        var account = Account.Parse(VendorKeys.FillIn("""{"serviceAccount":"{{service account}}"}"""));
        var message = new PushMessage(Id, "token-1", "T", "C", [], []);

        for (var i = 0; i < 4; i++) await fcm.SendAsync(message, account, default);

        Assert.Equal(["AT1", "AT1", "AT1", "AT2"], stub.Received.Where(asked => asked.Headers.ContainsKey("Authorization")).Select(asked => asked.Headers["Authorization"][7..]));
        var claim = ((string)stub.Received[0].Body!["assertion"]!).Split('.');
        using var rsa = RSA.Create();
        rsa.ImportFromPem(JsonElement.Parse(account.Text("serviceAccount")!).GetProperty("private_key").GetString());
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{claim[0]}.{claim[1]}"), Base64Url.DecodeFromChars(claim[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal(Now.ToUnixTimeSeconds(), JsonElement.Parse(Base64Url.DecodeFromChars(claim[1])).GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task Data_for_FCM_are_texts()
    {
        var stub = new VendorStub(new(200, null, """{"access_token":"AT1"}"""), new(200, null, """{"name":"1"}"""));
        var account = Account.Parse(VendorKeys.FillIn("""{"serviceAccount":"{{service account}}"}"""));
        var message = new PushMessage(Id, "token-1", "T", "C", new() { ["n"] = 1, ["o"] = new JsonObject { ["a"] = true } }, new() { ["type"] = "data" });

        await new FcmPush(Http(stub), TimeProvider.System).SendAsync(message, account, default);

        Assert.Equal("""{"token":"token-1","data":{"n":"1","o":"{\u0022a\u0022:true}","title":"T","body":"C","message":"C"}}""", stub.Received[1].Body!["message"]!.ToJsonString());
    }

    [Fact]
    public async Task Apple_gets_a_signed_token_over_http2_and_keeps_it_for_a_while()
    {
        var clock = new FakeTimeProvider(Now);
        var network = new Versions();
        var apns = new ApnsPush(new OutboundHttp(network, clock), clock);
        var account = Account.Parse(VendorKeys.FillIn("""{"secretKey":"{{key}}","apiKey":"KID1","projectName":"TEAM1","applicationId":"com.example"}"""));
        var message = new PushMessage(Id, "token-1", "T", "C", [], []);

        await apns.SendAsync(message, account, default);
        clock.Advance(TimeSpan.FromMinutes(30));
        await apns.SendAsync(message, account, default);
        clock.Advance(TimeSpan.FromMinutes(30));
        await apns.SendAsync(message, account, default);

        Assert.All(network.Asked, asked => Assert.Equal((HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact), (asked.Version, asked.Policy)));
        Assert.Equal("https://api.sandbox.push.apple.com/3/device/token-1", network.Asked[0].Url);
        Assert.Equal(network.Asked[0].Token, network.Asked[1].Token);
        Assert.NotEqual(network.Asked[1].Token, network.Asked[2].Token);
        var claim = network.Asked[0].Token.Split('.');
        using var key = ECDsa.Create();
        key.ImportFromPem(account.Text("secretKey"));
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{claim[0]}.{claim[1]}"), Base64Url.DecodeFromChars(claim[2]), HashAlgorithmName.SHA256));
        Assert.Equal("""{"alg":"ES256","kid":"KID1"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(claim[0])));
    }

    [Theory]
    [InlineData("fcm", """{"serviceAccount":"{\"project_id\":\"p\"}"}""")]
    [InlineData("fcm", """{"serviceAccount":"{\"project_id\":\"p\",\"client_email\":\"e\",\"private_key\":\"none\"}"}""")]
    [InlineData("apns", """{"secretKey":"none","apiKey":"k","projectName":"t","applicationId":"b"}""")]
    public async Task A_key_that_is_none_is_said_to_be_and_nothing_is_asked(string id, string account)
    {
        var stub = new VendorStub(new VendorCase.Answer(200, null, ""));
        using var smtp = new SmtpPool(Outbound.LoopbackGuard(), TimeProvider.System);
        var provider = (IPushProvider)ProviderCatalog.Create(Http(stub), smtp, TimeProvider.System)[id];

        var result = await provider.SendAsync(new(Id, "token-1", "T", "C", [], []), Account.Parse(account), default);

        Assert.Equal(RefusedFor.Account, Assert.IsType<SendResult.Refused>(result).For);
        Assert.Empty(stub.Received);
    }

    [Theory]
    [InlineData("https://prod-12.westeurope.logic.azure.com/workflows/x", "Hello", "AdaptiveCard")]
    [InlineData("https://prod-12.westeurope.logic.azure.com/workflows/x", """{"type":"AdaptiveCard","body":[]}""", "AdaptiveCard")]
    [InlineData("https://shop.webhook.office.com/x", """{"type":"AdaptiveCard","body":[]}""", "AdaptiveCard")]
    [InlineData("https://shop.webhook.office.com/x", """{"@type":"MessageCard"}""", null)]
    [InlineData("https://shop.webhook.office.com/x", "Hello", null)]
    public async Task Teams_workflows_get_cards(string webhook, string content, string? card)
    {
        var stub = new VendorStub(new VendorCase.Answer(202, null, ""));

        Assert.IsType<SendResult.Sent>(await new TeamsChat(Http(stub)).SendAsync(new(Id, webhook, content), Account.Empty, default));

        Assert.Equal(card, (string?)stub.Received[0].Body!["attachments"]?[0]!["content"]!["type"]);
    }

    [Theory]
    [InlineData("Hi & bye @ 5€ [ok] Ünïted", false)]
    [InlineData("Hi & bye @ 5€ [ok] äöüßñ", true)]
    [InlineData("Привет", false)]
    [InlineData("", true)]
    public void The_plain_alphabet_of_text_messages_is_known(string text, bool holds) => Assert.Equal(holds, Gsm.Holds(text));

    [Theory]
    [InlineData("nexmo", "type", "unicode")]
    [InlineData("gupshup", "msg_type", "Unicode_text")]
    [InlineData("firetext", "unicode", "1")]
    [InlineData("termii", "type", "unicode")]
    [InlineData("bulk-sms", "encoding", "UNICODE")]
    [InlineData("brevo-sms", "unicodeEnabled", "true")]
    public async Task Gateways_that_must_be_told_of_other_letters_are_told(string id, string field, string value)
    {
        var stub = new VendorStub(new VendorCase.Answer(200, null, "{}"));
        using var smtp = new SmtpPool(Outbound.LoopbackGuard(), TimeProvider.System);
        var provider = (ISmsProvider)ProviderCatalog.Create(Http(stub), smtp, TimeProvider.System)[id];
        var account = Account.Parse("""{"apiKey":"k","secretKey":"s","user":"u","password":"p","apiToken":"a:b"}""");

        await provider.SendAsync(new(Id, "+15550001", "Shop", "Привет"), account, default);

        Assert.Equal(value, stub.Received[0].Body![field]!.ToString());
    }

    [Fact]
    public void Outlook_is_a_mail_server_that_wants_TLS_and_the_sender_to_sign_in()
    {
        var server = SmtpServer.Of(Outlook365Email.ServerOf(Account.Parse("""{"from":"shop@example.com","password":"hush"}""")));

        Assert.Equal(
            ("smtp.office365.com", 587, MailKit.Security.SecureSocketOptions.StartTls, "shop@example.com", "hush"),
            (server.Host, server.Port, server.Security, server.User, server.Password));
    }

    [Theory]
    [InlineData("one\r\nX-Evil: 1")]
    [InlineData("žluťoučký")]
    public async Task What_cannot_stand_in_a_header_never_gets_into_one(string key)
    {
        var stub = new VendorStub(new VendorCase.Answer(202, null, ""));
        var account = Account.Parse(JsonSerializer.Serialize(new { apiKey = key }));

        await new ClickatellSms(Http(stub)).SendAsync(new(Id, "+1", null, "Hi"), account, default);

        Assert.DoesNotContain(stub.Received[0].Headers.Values, value => value.Any(letter => letter is < ' ' or > '~'));
        Assert.False(stub.Received[0].Headers.ContainsKey("X-Evil"));
    }

    private static OutboundHttp Http(VendorStub stub) => new(stub, TimeProvider.System);

    private sealed class Versions : HttpMessageHandler
    {
        public List<(string Url, Version Version, HttpVersionPolicy Policy, string Token)> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add((request.RequestUri!.AbsoluteUri, request.Version, request.VersionPolicy, request.Headers.Authorization!.Parameter!));
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
