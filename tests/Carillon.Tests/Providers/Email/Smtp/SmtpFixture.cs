using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Carillon.Providers;
using Carillon.Providers.Email;
using Carillon.Providers.Email.Smtp;
using Carillon.Tests.Support;

namespace Carillon.Tests.Providers.Email.Smtp;

/// <summary>A provider whose pool may reach loopback, and a mail to send with it.</summary>
internal sealed class SmtpFixture : IDisposable
{
    private readonly SmtpPool _pool;
    private readonly SmtpEmail _provider;

    public SmtpFixture(TimeProvider? clock = null, TimeSpan? timeout = null)
    {
        clock ??= TimeProvider.System;
        _pool = new SmtpPool(Outbound.LoopbackGuard(), clock) { Timeout = timeout ?? TimeSpan.FromSeconds(20) };
        _provider = new SmtpEmail(_pool, clock);
    }

    public static EmailMessage Mail { get; } = new()
    {
        Id = "6b0419ac84bdffcfdc32a56d",
        From = "shop@example.com",
        To = ["ann@example.com"],
        Subject = "Hello Ann",
        Html = "<b>Hi</b>",
    };

    public static Account AccountAt(SmtpSink sink, JsonObject? more = null)
    {
        var account = new JsonObject { ["host"] = "127.0.0.1", ["port"] = $"{sink.Port}" };
        foreach (var (name, value) in more ?? [])
            account[name] = value?.DeepClone();

        return Account.Parse(account.ToJsonString());
    }

    public static X509Certificate2 Certificate(string name = "mail.example.com")
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    public Task<SendResult> SendAsync(SmtpSink sink, EmailMessage? mail = null, JsonObject? account = null) =>
        SendAsync(AccountAt(sink, account), mail);

    public Task<SendResult> SendAsync(Account account, EmailMessage? mail = null) =>
        _provider.SendAsync(mail ?? Mail, account, TestContext.Current.CancellationToken);

    public void Dispose() => _pool.Dispose();
}
