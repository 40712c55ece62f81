using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Carillon.Providers;
using Carillon.Tests.Support;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace Carillon.Tests.Providers.Email.Smtp;

public sealed class SmtpSecurityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_nobody_vouches_for_is_not_trusted(bool atOnce)
    {
        using var certificate = SmtpFixture.Certificate();
        await using var sink = new SmtpSink { Certificate = certificate, SpeaksTlsAtOnce = atOnce };
        using var smtp = new SmtpFixture();

        var result = await smtp.SendAsync(sink, account: new() { ["secure"] = atOnce });

        Assert.Equal(new SendResult.Unavailable("127.0.0.1 offers no trusted TLS"), result);
        Assert.Empty(sink.Received);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Own_authorities_and_the_expected_name_can_be_given(bool atOnce)
    {
        using var certificate = SmtpFixture.Certificate("mail.example.com");
        await using var sink = new SmtpSink { Certificate = certificate, SpeaksTlsAtOnce = atOnce };
        using var smtp = new SmtpFixture();
        var tls = new JsonObject { ["ca"] = certificate.ExportCertificatePem(), ["servername"] = "mail.example.com" };

        var result = await smtp.SendAsync(sink, account: new() { ["secure"] = $"{atOnce}", ["tlsOptions"] = tls });

        Assert.IsType<SendResult.Sent>(result);
    }

    [Fact]
    public async Task A_trusted_certificate_for_another_name_is_not_accepted()
    {
        using var certificate = SmtpFixture.Certificate("other.example.com");
        await using var sink = new SmtpSink { Certificate = certificate };
        using var smtp = new SmtpFixture();
        var tls = new JsonObject { ["ca"] = certificate.ExportCertificatePem(), ["servername"] = "mail.example.com" };

        Assert.IsType<SendResult.Unavailable>(await smtp.SendAsync(sink, account: new() { ["tlsOptions"] = tls }));
    }

    [Fact]
    public async Task Checking_can_be_turned_off_for_one_account()
    {
        using var certificate = SmtpFixture.Certificate();
        await using var sink = new SmtpSink { Certificate = certificate };
        using var smtp = new SmtpFixture();
        var lax = new JsonObject { ["rejectUnauthorized"] = false };

        Assert.IsType<SendResult.Sent>(await smtp.SendAsync(sink, account: new() { ["tlsOptions"] = lax }));
        Assert.IsType<SendResult.Unavailable>(await smtp.SendAsync(sink));
    }

    [Fact]
    public async Task Encryption_that_is_required_and_not_offered_refuses_the_mail()
    {
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture();

        Assert.IsType<SendResult.Refused>(await smtp.SendAsync(sink, account: new() { ["requireTls"] = true }));
        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task Encryption_that_is_offered_can_be_ignored()
    {
        using var certificate = SmtpFixture.Certificate();
        await using var sink = new SmtpSink { Certificate = certificate };
        using var smtp = new SmtpFixture();

        Assert.IsType<SendResult.Sent>(await smtp.SendAsync(sink, account: new() { ["ignoreTls"] = "true" }));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\\n")]
    public async Task A_mail_is_signed_when_the_account_has_a_DKIM_key(string lineBreak)
    {
        using var rsa = RSA.Create(2048);
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture();
        var mail = SmtpFixture.Mail with { Subject = "Grüße", Html = "<p>Schöne Grüße</p>", ReplyTo = "r@example.com" };

        var result = await smtp.SendAsync(sink, mail, new()
        {
            ["domain"] = "example.com", ["accountSid"] = "s1",
            ["secretKey"] = rsa.ExportRSAPrivateKeyPem().ReplaceLineEndings(lineBreak),
        });

        Assert.IsType<SendResult.Sent>(result);
        var message = (await sink.NextAsync(Ct)).Message;
        var signature = message.Headers[message.Headers.IndexOf("DKIM-Signature")];
        Assert.Contains("d=example.com", signature.Value, StringComparison.Ordinal);
        Assert.Contains("s=s1", signature.Value, StringComparison.Ordinal);
        Assert.True(await new DkimVerifier(new OneKey(rsa)).VerifyAsync(message, signature, Ct));
    }

    [Fact]
    public async Task A_mail_is_not_signed_with_half_a_key()
    {
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture();

        await smtp.SendAsync(sink, account: new() { ["domain"] = "example.com", ["accountSid"] = "s1" });

        Assert.False((await sink.NextAsync(Ct)).Message.Headers.Contains("DKIM-Signature"));
    }

    private sealed class OneKey(RSA rsa) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken ct) =>
            PublicKeyFactory.CreateKey(rsa.ExportSubjectPublicKeyInfo());

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods, string domain, string selector, CancellationToken ct) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, ct));
    }
}
