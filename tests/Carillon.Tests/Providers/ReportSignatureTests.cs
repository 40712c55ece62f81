using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Carillon.Providers;
using Carillon.Providers.Email;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Carillon.Tests.Providers;

/// <summary>For each vendor that signs: its signature is right, another is wrong, one of yesterday is old, and none is none.</summary>
public sealed class ReportSignatureTests
{
    private const string Url = "https://notify.example.com/hook";
    private const string Json = """{"some":"event"}""";
    private const string Form = "MessageStatus=sent&Body=a%20%C3%A4&MessageSid=SM1";
    private const string Secret = "c2VjcmV0IG9mIHR3ZW50eS1mb3VyIGI=";

    private static readonly DateTimeOffset Now = new(2031, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly ECDsa SendGridKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly byte[] TelnyxKey = RandomNumberGenerator.GetBytes(Curve.SecretKeySize);

    public static TheoryData<string> Vendors => [.. Signers.Keys];

    /// <summary>How each vendor signs, and the credentials that it is checked with.</summary>
    private static Dictionary<string, Func<long, (object Credentials, ReportRequest Request)>> Signers { get; } = new()
    {
        ["sendgrid"] = at => (
            new { webhookSigningKey = Convert.ToBase64String(SendGridKey.ExportSubjectPublicKeyInfo()) },
            ReportTests.Posted(
                Json,
                ("X-Twilio-Email-Event-Webhook-Timestamp", $"{at}"),
                ("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(
                    SendGridKey.SignData(Encoding.UTF8.GetBytes($"{at}{Json}"), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))))),
        ["mailgun"] = at => (
            new { webhookSigningKey = "key" },
            ReportTests.Posted(JsonSerializer.Serialize(new { signature = new { timestamp = $"{at}", token = "t", signature = Hex(HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes($"{at}t"))) } }))),
        ["mandrill"] = _ => (
            new { webhookSigningKey = "key" },
            ReportTests.Posted("mandrill_events=%5B%5D", ("X-Mandrill-Signature", Base64(HmacSha1("key", $"{Url}mandrill_events[]"))))),
        ["resend"] = at => (
            new { webhookSigningKey = $"whsec_{Secret}" },
            ReportTests.Posted(
                Json,
                ("svix-id", "msg_1"),
                ("svix-timestamp", $"{at}"),
                ("svix-signature", $"v1,bm9uZQ== v1,{Base64(HMACSHA256.HashData(Convert.FromBase64String(Secret), Encoding.UTF8.GetBytes($"msg_1.{at}.{Json}")))}"))),
        ["mailersend"] = _ => (
            new { webhookSigningKey = "key" },
            ReportTests.Posted(Json, ("Signature", Hex(HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes(Json)))))),
        ["mailtrap"] = _ => (
            new { webhookSigningKey = "key" },
            ReportTests.Posted(Json, ("Mailtrap-Signature", Hex(HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes(Json)))))),
        ["twilio"] = _ => (
            new { token = "key" },
            ReportTests.Posted(Form, ("X-Twilio-Signature", Base64(HmacSha1("key", $"{Url}Bodya äMessageSidSM1MessageStatussent"))))),
        ["plivo"] = _ => (
            new { token = "key" },
            ReportTests.Posted(
                Form, ("X-Plivo-Signature-V2-Nonce", "n"), ("X-Plivo-Signature-V2", Base64(HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes($"{Url}n")))))),
        ["telnyx"] = at => (
            new { webhookSigningKey = Base64(TelnyxPublicKey()) },
            ReportTests.Posted(Json, ("telnyx-timestamp", $"{at}"), ("telnyx-signature-ed25519", Base64(Ed25519($"{at}|{Json}"))))),
        ["termii"] = _ => (
            new { webhookSigningKey = "key" },
            ReportTests.Posted(Json, ("X-Termii-Signature", Hex(HMACSHA512.HashData("key"u8, Encoding.UTF8.GetBytes(Json)))))),
        ["nexmo"] = at => (
            new { webhookSigningKey = "key" },
            ReportTests.Posted($$"""{"timestamp":"{{at}}","status":"delivered","text":"a&b=c","sig":"{{Hex(HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes($"&status=delivered&text=a_b_c&timestamp={at}")))}}"}""")),
        ["messagebird"] = at => (new { webhookSigningKey = "key" }, ReportTests.Posted(Json, ("MessageBird-Signature-JWT", Jwt(at)))),
        ["ses"] = at => (new { }, ReportTests.Posted(Notification(at, "https://sns.eu-west-1.amazonaws.com/key.pem"))),
    };

    // Nothing in what they sign says when it was.
    private static readonly string[] Timeless = ["mandrill", "mailersend", "mailtrap", "twilio", "plivo", "termii"];

    private static readonly Lazy<(RSA Key, string Certificate)> Amazon = new(() =>
    {
        var key = RSA.Create(2048);
        return (key, new CertificateRequest("CN=sns.amazonaws.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Now.AddYears(-20), Now.AddYears(20)).ExportCertificatePem());
    });

    [Fact]
    public void Every_vendor_that_signs_is_here() => Assert.Equal(
        ProviderCatalogTests.Catalog().Values.Where(provider => provider.Info.Reports?.Signature is not null).Select(provider => provider.Info.Id).Order(),
        Signers.Keys.Order());

    [Theory, MemberData(nameof(Vendors))]
    public async Task Its_own_signature_is_right_and_yesterdays_is_old(string id)
    {
        Assert.Equal(SignatureVerdict.Right, await CheckAsync(id, Now));
        Assert.Equal(
            Timeless.Contains(id) ? SignatureVerdict.Right : SignatureVerdict.Old,
            await CheckAsync(id, Now.AddHours(-25)));
        if (!Timeless.Contains(id)) Assert.Equal(SignatureVerdict.Old, await CheckAsync(id, Now.AddMinutes(6)));
    }

    [Theory, MemberData(nameof(Vendors))]
    public async Task Another_body_or_none_of_it_is_not_right(string id)
    {
        var changed = await CheckAsync(id, Now, request => request with
        {
            Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(request.Body.Span)
                .Replace("some", "same", StringComparison.Ordinal).Replace("sent", "went", StringComparison.Ordinal)
                .Replace("%5B%5D", "%5B+%5D", StringComparison.Ordinal).Replace("\"token\":\"t\"", "\"token\":\"u\"", StringComparison.Ordinal)
                .Replace("delivered", "failed", StringComparison.Ordinal)),
        });
        var bare = await CheckAsync(id, Now, request => request with { Headers = new Dictionary<string, string>(), Body = id is "mailgun" or "nexmo" or "ses" ? "{}"u8.ToArray() : request.Body });
        var garbled = await CheckAsync(id, Now, request => request with { Headers = request.Headers.ToDictionary(header => header.Key, _ => "*.*.*") });

        // What Plivo signs is the address, not the body.
        if (id != "plivo") Assert.Equal(SignatureVerdict.Wrong, changed);
        Assert.Equal(SignatureVerdict.Missing, bare);
        if (id is not ("mailgun" or "nexmo" or "ses")) Assert.NotEqual(SignatureVerdict.Right, garbled);
    }

    [Theory]
    [InlineData("http://sns.eu-west-1.amazonaws.com/key.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com.evil.example/key.pem")]
    [InlineData("https://evil.example/sns.eu-west-1.amazonaws.com")]
    [InlineData("https://sns.eu-west-1.amazonaws.com@evil.example/key.pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com:8443/key.pem")]
    public async Task Amazons_certificate_comes_from_Amazon_only(string address)
    {
        var network = new Certificates();

        var verdict = await Ses(network).CheckAsync(ReportTests.Posted(Notification(Now.ToUnixTimeSeconds(), address)), Account.Empty, Now, Ct);

        Assert.Equal(SignatureVerdict.Wrong, verdict);
        Assert.Equal(0, network.Asked);
    }

    [Fact]
    public async Task Amazons_certificate_is_fetched_once()
    {
        var network = new Certificates();
        var ses = Ses(network);
        var request = ReportTests.Posted(Notification(Now.ToUnixTimeSeconds(), "https://sns.eu-west-1.amazonaws.com/key.pem"));

        Assert.Equal(SignatureVerdict.Right, await ses.CheckAsync(request, Account.Empty, Now, Ct));
        Assert.Equal(SignatureVerdict.Right, await ses.CheckAsync(request, Account.Empty, Now, Ct));

        Assert.Equal(1, network.Asked);
    }

    [Fact]
    public void A_subscription_is_confirmed_at_Amazon_only()
    {
        static Uri? Asked(string address) => ReportTests.ReportsOf("ses").Confirmation(
            ReportTests.Posted(JsonSerializer.Serialize(new { Type = "SubscriptionConfirmation", SubscribeURL = address })));

        Assert.Equal("sns.eu-west-1.amazonaws.com", Asked("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t")?.Host);
        Assert.Null(Asked("https://evil.example/?Action=ConfirmSubscription"));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<SignatureVerdict> CheckAsync(string id, DateTimeOffset signed, Func<ReportRequest, ReportRequest>? change = null)
    {
        var (credentials, request) = Signers[id](signed.ToUnixTimeSeconds());
        var signature = id == "ses" ? Ses(new()) : ReportTests.ReportsOf(id).Signature!;
        return await signature.CheckAsync(change?.Invoke(request) ?? request, Account.Parse(JsonSerializer.Serialize(credentials)), Now, Ct);
    }

    private static ReportSignature Ses(Certificates network) =>
        new SesEmail(new OutboundHttp(network, TimeProvider.System), TimeProvider.System).Info.Reports!.Signature!;

    private static string Notification(long at, string certificate)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var text = $"Message\nsome event\nMessageId\nid\nTimestamp\n{time}\nTopicArn\narn:aws:sns:topic\nType\nNotification\n";
        var signature = Amazon.Value.Key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return JsonSerializer.Serialize(new
        {
            Type = "Notification", MessageId = "id", TopicArn = "arn:aws:sns:topic", Message = "some event", Timestamp = time,
            SignatureVersion = "2", Signature = Base64(signature), SigningCertURL = certificate,
        });
    }

    private static string Jwt(long at)
    {
        string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var text = $"{Part("""{"alg":"HS256"}""")}.{Part($$"""{"nbf":{{at}},"url_hash":"{{Hash(Url)}}","payload_hash":"{{Hash(Json)}}"}""")}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes(text)))}";

        string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    private static byte[] TelnyxPublicKey()
    {
        var key = new byte[Curve.PublicKeySize];
        Curve.GeneratePublicKey(TelnyxKey, 0, key, 0);
        return key;
    }

    private static byte[] Ed25519(string text)
    {
        var (message, signature) = (Encoding.UTF8.GetBytes(text), new byte[Curve.SignatureSize]);
        Curve.Sign(TelnyxKey, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "Some vendors sign like this.")]
    private static byte[] HmacSha1(string key, string text) => HMACSHA1.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    private sealed class Certificates : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Amazon.Value.Certificate) });
        }
    }
}
