using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Carillon.Tests.Support;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Server.InboundMail;

/// <summary>What mail servers may do here, and what not.</summary>
public sealed class MailListenerTests(MailListenerTests.Running running) : IClassFixture<MailListenerTests.Running>
{
    [Fact]
    public async Task Mail_is_taken_for_those_who_wait_for_answers_and_for_nobody_else()
    {
        await using var talk = await running.Mail.TalkAsync();
        await talk.SayAsync("MAIL FROM:<ann@example.com>");
        var address = running.Address;
        var forged = address.Replace(address[6], address[6] == '0' ? '1' : '0');

        Assert.StartsWith("550 5.1.1", await talk.SayAsync("RCPT TO:<somebody@elsewhere.example>"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.1.1", await talk.SayAsync($"RCPT TO:<{forged}>"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.1.1", await talk.SayAsync($"RCPT TO:<{address.Replace(MailIn.Domain, "other.example.com")}>"), StringComparison.Ordinal);
        Assert.StartsWith("503", await talk.SayAsync("DATA"), StringComparison.Ordinal);
        Assert.StartsWith("250", await talk.SayAsync($"RCPT TO:<{address}>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_is_too_large_is_refused_when_it_is_announced_and_when_it_has_come()
    {
        await using var talk = await running.Mail.TalkAsync();

        Assert.StartsWith("552 5.3.4", await talk.SayAsync("MAIL FROM:<ann@example.com> SIZE=70000"), StringComparison.Ordinal);
        await talk.SayAsync("MAIL FROM:<ann@example.com> SIZE=1000");
        await talk.SayAsync($"RCPT TO:<{running.Address}>");
        await talk.SayAsync("DATA");
        await talk.WriteAsync(string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", 70)));
        Assert.StartsWith("552 5.3.4", await talk.SayAsync("."), StringComparison.Ordinal);
        Assert.StartsWith("250", await talk.SayAsync("NOOP"), StringComparison.Ordinal);
        Assert.Equal(0, await running.KeptAsync());
    }

    [Fact]
    public async Task A_mail_that_breaks_off_is_not_kept()
    {
        await using (var talk = await running.Mail.TalkAsync())
        {
            await talk.SayAsync("MAIL FROM:<>");
            await talk.SayAsync($"RCPT TO:<{running.Address}>");
            await talk.SayAsync("DATA");
            await talk.WriteAsync("Subject: half\r\n\r\nof it");
        }

        await using (var next = await running.Mail.TalkAsync()) await next.SayAsync("QUIT");
        Assert.Equal(0, await running.KeptAsync());
    }

    [Fact]
    public async Task Who_makes_one_mistake_after_another_is_shown_out()
    {
        await using var talk = await running.Mail.TalkAsync(greet: false);
        List<string> answers = [];
        for (var i = 0; i < 10; i++) answers.Add(await talk.SayAsync(i % 2 == 0 ? "MAIL FROM:<a@example.com>" : "BREW coffee"));

        Assert.Equal(["503", "502", "503", "502", "503", "502", "503", "502", "503", "421"], answers.Select(answer => answer[..3]));
        Assert.Equal("", await talk.HearAsync());
    }

    [Fact]
    public async Task A_line_without_end_ends_the_conversation()
    {
        await using var talk = await running.Mail.TalkAsync();

        await talk.WriteAsync(new string('x', 10_000));

        Assert.Equal("", await talk.HearAsync());
    }

    [Fact]
    public async Task Who_is_silent_for_too_long_is_shown_out()
    {
        await using var mail = await MailIn.StartAsync(settings: ("Carillon:InboundMail:CommandTimeout", "00:00:00.2"));
        await using var talk = await mail.TalkAsync();

        Assert.StartsWith("421 4.4.2", await talk.HearAsync(), StringComparison.Ordinal);
        Assert.Equal("", await talk.HearAsync());
    }

    [Fact]
    public async Task One_address_has_so_many_connections_at_once_and_no_more()
    {
        await using var mail = await MailIn.StartAsync(settings: ("Carillon:InboundMail:MaxConnectionsPerAddress", "1"));
        await using var first = await mail.TalkAsync();

        await using var second = await mail.TalkAsync(greet: false);
        await first.SayAsync("QUIT");
        Assert.Equal("", await first.HearAsync());
        await using var third = await mail.TalkAsync(greet: false);

        Assert.StartsWith("421 4.7.0", second.Greeting, StringComparison.Ordinal);
        Assert.StartsWith("220", third.Greeting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_certificate_the_line_is_encrypted_and_what_was_said_before_is_not_believed()
    {
        var folder = Directory.CreateTempSubdirectory("carillon-test-");
        var (certificate, key) = Certify(folder.FullName);
        await using var mail = await MailIn.StartAsync(
            settings: [("Carillon:InboundMail:Certificate", certificate), ("Carillon:InboundMail:CertificateKey", key)]);
        var address = await mail.AskAsync();

        using var client = new SmtpClient { ServerCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=mx.example.com" };
        await client.ConnectAsync("127.0.0.1", mail.Port, SecureSocketOptions.StartTls, TestContext.Current.CancellationToken);
        await client.SendAsync(MailIn.Letter(), new MailboxAddress(null, "ann@example.com"), [new MailboxAddress(null, address)]);
        await mail.App.UntilAsync(() => Task.FromResult(mail.Answers.Count == 1));

        await using var talk = await mail.TalkAsync();
        await talk.WriteAsync("STARTTLS\r\nMAIL FROM:<injected@example.com>\r\n");
        Assert.StartsWith("220", await talk.HearAsync(), StringComparison.Ordinal);
        Assert.Equal("", await talk.HearAsync());
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Carillon:InboundMail:Domain", "")]
    [InlineData("Carillon:InboundMail:Certificate", "/nowhere.pem")]
    [InlineData("Carillon:InboundMail:Address", "nowhere")]
    public async Task A_server_that_could_not_receive_mail_does_not_start(string name, string value) =>
        await Assert.ThrowsAnyAsync<Exception>(() => MailIn.StartAsync(settings: (name, value)));

    private static (string Certificate, string Key) Certify(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mx.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }

    public sealed class Running : IAsyncLifetime
    {
        internal MailIn Mail { get; private set; } = null!;
        internal string Address { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Mail = await MailIn.StartAsync(settings: ("Carillon:InboundMail:MaxBytes", "65536"));
            Address = await Mail.AskAsync();
        }

        internal async Task<int> KeptAsync()
        {
            await using var db = Mail.App.OpenDb();
            return await db.IncomingMails.CountAsync();
        }

        public ValueTask DisposeAsync() => Mail.DisposeAsync();
    }
}
