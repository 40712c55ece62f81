using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Carillon.Providers;
using Carillon.Providers.Email;
using Carillon.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Carillon.Tests.Providers.Email.Smtp;

public sealed class SmtpEmailTests
{
    private static readonly EmailMessage Mail = SmtpFixture.Mail;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plain_mail_arrives()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture(clock);

        Assert.Equal(new SendResult.Sent("<6b0419ac84bdffcfdc32a56d@example.com>"), await smtp.SendAsync(sink));

        var mail = await sink.NextAsync(Ct);
        Assert.Equal("shop@example.com", mail.From);
        Assert.Equal(["ann@example.com"], mail.To);
        Assert.Null(mail.User);
        Assert.Equal("6b0419ac84bdffcfdc32a56d@example.com", mail.Message.MessageId);
        Assert.Equal(clock.GetUtcNow(), mail.Message.Date);
        Assert.Equal(("Hello Ann", "<b>Hi</b>"), (mail.Message.Subject, mail.Message.HtmlBody?.TrimEnd()));
        Assert.Null(mail.Message.TextBody);
    }

    [Fact]
    public async Task A_full_mail_arrives_whole()
    {
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture();
        var full = Mail with
        {
            To = ["Ann <ann@example.com>", "bob@example.com"], Cc = ["cc@example.com"], Bcc = ["hidden@example.com"],
            SenderName = "Anns Lädchen", ReplyTo = "reply@example.com", Subject = "Grüße 🎉\n", Text = ".dot first\nHi",
            Headers = new Dictionary<string, string> { ["X-Tag"] = "a", ["List-Unsubscribe"] = "<https://example.com/u>" },
            Attachments =
            [
                new("a.txt", "text/plain", "hello"u8.ToArray()),
                new("logo.png", "image/png", new byte[] { 1, 2, 3 }, ContentId: "logo"),
            ],
        };

        Assert.IsType<SendResult.Sent>(await smtp.SendAsync(sink, full));

        var mail = await sink.NextAsync(Ct);
        var message = mail.Message;
        Assert.Equal(["ann@example.com", "bob@example.com", "cc@example.com", "hidden@example.com"], mail.To);
        Assert.DoesNotContain("hidden", mail.Raw, StringComparison.Ordinal);
        Assert.Equal("Anns Lädchen", message.From.Mailboxes.Single().Name);
        Assert.Equal("reply@example.com", message.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal("Grüße 🎉", message.Subject);
        Assert.Equal(".dot first\nHi", message.TextBody?.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal(("a", "<https://example.com/u>"), (message.Headers["X-Tag"], message.Headers["List-Unsubscribe"]));
        Assert.Equal("hello", Assert.IsType<TextPart>(message.Attachments.Single()).Text.TrimEnd());
        Assert.Equal("logo", message.BodyParts.Single(part => part.ContentType.IsMimeType("image", "png")).ContentId);
    }

    [Fact]
    public async Task A_server_that_takes_chunks_gets_the_same_mail_without_being_asked_first()
    {
        var commands = new ConcurrentQueue<string>();
        await using var usual = new SmtpSink();
        await using var chunking = new SmtpSink
        {
            Extensions = ["PIPELINING", "8BITMIME", "CHUNKING"],
            Script = line =>
            {
                commands.Enqueue(line.Split(' ')[0]);
                return null;
            },
        };
        using var smtp = new SmtpFixture(new FakeTimeProvider());
        var mail = Mail with { Text = ".\r\n.dot first\r\nGrüße 🎉", Html = null };

        Assert.IsType<SendResult.Sent>(await smtp.SendAsync(usual, mail));
        Assert.IsType<SendResult.Sent>(await smtp.SendAsync(chunking, mail));

        Assert.Equal(["CONNECT", "EHLO", "MAIL", "RCPT", "BDAT", "."], commands);
        Assert.Equal((await usual.NextAsync(Ct)).Raw, (await chunking.NextAsync(Ct)).Raw);
    }

    [Theory]
    [InlineData("554 spam", typeof(SendResult.Refused))]
    [InlineData("451 later", typeof(SendResult.Unavailable))]
    public async Task A_server_that_does_not_want_a_chunk_is_asked_for_the_next_mail_all_the_same(string reply, Type expected)
    {
        var isRefusing = true;
        await using var sink = new SmtpSink { Extensions = ["CHUNKING"], Script = line => isRefusing && line == "." ? reply : null };
        using var smtp = new SmtpFixture();

        Assert.IsType(expected, await smtp.SendAsync(sink));
        isRefusing = false;
        Assert.IsType<SendResult.Sent>(await smtp.SendAsync(sink));

        Assert.Equal((1, 1), (sink.Received.Count, sink.Connections));
    }

    [Fact]
    public async Task A_repeat_has_the_same_Message_ID()
    {
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture();

        await smtp.SendAsync(sink);
        await smtp.SendAsync(sink);

        Assert.Equal((await sink.NextAsync(Ct)).Message.MessageId, (await sink.NextAsync(Ct)).Message.MessageId);
    }

    [Fact]
    public async Task Half_a_character_and_other_oddities_do_not_stop_a_mail()
    {
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture();

        Assert.IsType<SendResult.Sent>(await smtp.SendAsync(sink, Mail with { Subject = "a\ud800b", Html = "x\ud800\0y", SenderName = "\udc00" }));
        Assert.IsType<SendResult.Sent>(await smtp.SendAsync(sink, Mail with { Subject = "", Html = null, Text = null }));
    }

    [Fact]
    public async Task The_account_is_used_when_it_has_user_and_password()
    {
        await using var sink = new SmtpSink { Account = ("ann", "pä ss") };
        using var smtp = new SmtpFixture();

        Assert.IsType<SendResult.Sent>(await smtp.SendAsync(sink, account: new() { ["user"] = "ann", ["password"] = "pä ss" }));

        Assert.Equal("ann", (await sink.NextAsync(Ct)).User);
    }

    [Theory]
    [InlineData("""{"user":"ann","password":"wrong-secret"}""")]
    [InlineData("""{"user":"ann"}""")]
    [InlineData("{}")]
    public async Task Wrong_or_missing_credentials_are_refused_without_repeating_them(string account)
    {
        await using var sink = new SmtpSink { Account = ("ann", "right") };
        using var smtp = new SmtpFixture();

        var result = await smtp.SendAsync(sink, account: JsonNode.Parse(account)!.AsObject());

        Assert.DoesNotContain("wrong-secret", Assert.IsType<SendResult.Refused>(result).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT", "421 busy", typeof(SendResult.Unavailable))]
    [InlineData("CONNECT", "554 go away", typeof(SendResult.Refused))]
    [InlineData("CONNECT", SmtpSink.HangUp, typeof(SendResult.Unavailable))]
    [InlineData("AUTH", "454 4.7.0 temporary trouble", typeof(SendResult.Unavailable))]
    [InlineData("MAIL", "451 later", typeof(SendResult.Unavailable))]
    [InlineData("MAIL", "552 over quota", typeof(SendResult.Refused))]
    [InlineData("MAIL", SmtpSink.HangUp, typeof(SendResult.Unavailable))]
    [InlineData("RCPT", "450 4.2.1 greylisted", typeof(SendResult.Unavailable))]
    [InlineData("RCPT", "550 5.1.1 nobody here", typeof(SendResult.Refused))]
    [InlineData("DATA", "451 later", typeof(SendResult.Unavailable))]
    [InlineData("DATA", "554 no", typeof(SendResult.Refused))]
    [InlineData(".", "452 4.3.1 disk full", typeof(SendResult.Unavailable))]
    [InlineData(".", "554 5.7.1 spam", typeof(SendResult.Refused))]
    [InlineData(".", SmtpSink.HangUp, typeof(SendResult.Unavailable))]
    [InlineData("MAIL", "nonsense", typeof(SendResult.Unavailable))]
    public async Task It_tells_the_engine_whether_to_try_again(string command, string reply, Type expected)
    {
        await using var sink = new SmtpSink { Script = line => line.StartsWith(command, StringComparison.Ordinal) ? reply : null };
        using var smtp = new SmtpFixture();

        var result = await smtp.SendAsync(sink, account: new() { ["user"] = "ann", ["password"] = "secret" });

        Assert.IsType(expected, result);
        Assert.DoesNotContain("secret", $"{result}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_servers_words_are_the_reason()
    {
        await using var sink = new SmtpSink { Script = Refuse("ann@", "550 5.1.1 nobody here") };
        using var smtp = new SmtpFixture();

        Assert.Equal(new SendResult.Refused("127.0.0.1 answered 550 5.1.1 nobody here"), await smtp.SendAsync(sink));
    }

    [Fact]
    public async Task A_bad_copy_recipient_loses_only_itself()
    {
        await using var sink = new SmtpSink { Script = Refuse("gone@", "550 5.1.1 nobody here") };
        using var smtp = new SmtpFixture();

        var result = await smtp.SendAsync(sink, Mail with { Cc = ["gone@example.com"], Bcc = ["bcc@example.com"] });

        Assert.Equal("Not accepted: gone@example.com (550)", Assert.IsType<SendResult.Sent>(result).Raw);
        Assert.Equal(["ann@example.com", "bcc@example.com"], (await sink.NextAsync(Ct)).To);
    }

    [Fact]
    public async Task A_mail_that_only_the_copies_would_get_is_refused()
    {
        await using var sink = new SmtpSink { Script = Refuse("ann@", "550 nobody here") };
        using var smtp = new SmtpFixture();

        Assert.IsType<SendResult.Refused>(await smtp.SendAsync(sink, Mail with { Cc = ["cc@example.com"] }));
        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task A_recipient_who_is_only_busy_lets_everybody_wait()
    {
        await using var sink = new SmtpSink { Script = Refuse("busy@", "450 greylisted") };
        using var smtp = new SmtpFixture();

        Assert.IsType<SendResult.Unavailable>(await smtp.SendAsync(sink, Mail with { Cc = ["busy@example.com"] }));
        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task A_silent_server_is_given_up()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var smtp = new SmtpFixture(timeout: TimeSpan.FromMilliseconds(200));
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        var result = await smtp.SendAsync(Account.Parse($$"""{"host":"127.0.0.1","port":{{port}}}"""));

        Assert.Equal(new SendResult.Unavailable("127.0.0.1 took too long", MayHaveArrived: true), result);
    }

    public static TheoryData<EmailMessage> BadMails() =>
    [
        Mail with { To = [] },
        Mail with { To = ["nobody"] },
        Mail with { To = [""] },
        Mail with { To = ["a@example.com\r\nBcc: victim@example.com"] },
        Mail with { To = ["a@example.com>\r\nRCPT TO:<victim@example.com"] },
        Mail with { Cc = ["a@example.com, b@example.com"] },
        Mail with { Bcc = ["@example.com"] },
        Mail with { From = "shop" },
        Mail with { From = "shop@example.com\nX-A: 1" },
        Mail with { SenderName = "Shop\r\nX-A: 1" },
        Mail with { ReplyTo = "r@example.com\r\nX-A: 1" },
        Mail with { Subject = "Hello\r\nX-A: 1" },
        Mail with { Subject = "Hello\0" },
        Mail with { Headers = new Dictionary<string, string> { ["X-A"] = "1\r\nX-B: 2" } },
        Mail with { Headers = new Dictionary<string, string> { ["X-A\r\nX-B"] = "1" } },
        Mail with { Headers = new Dictionary<string, string> { ["X A"] = "1" } },
        Mail with { Headers = new Dictionary<string, string> { [""] = "1" } },
        Mail with { Headers = new Dictionary<string, string> { ["bcc"] = "victim@example.com" } },
        Mail with { Headers = new Dictionary<string, string> { ["content-type"] = "text/plain" } },
        Mail with { Attachments = [new("a\r\nX-A: 1", "text/plain", default)] },
        Mail with { Attachments = [new("a", "nonsense", default)] },
        Mail with { Attachments = [new("a", "text/plain", default, ContentId: "c\r\nX-A: 1")] },
    ];

    [Theory]
    [MemberData(nameof(BadMails))]
    public async Task A_mail_that_could_smuggle_something_is_refused_before_the_server_hears_of_it(EmailMessage mail)
    {
        await using var sink = new SmtpSink();
        using var smtp = new SmtpFixture();

        Assert.IsType<SendResult.Refused>(await smtp.SendAsync(sink, mail));
        Assert.Equal(0, sink.Connections);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"host":"a b","port":25}""")]
    [InlineData("""{"host":"127.0.0.1","port":0}""")]
    [InlineData("""{"host":"127.0.0.1","port":"smtp"}""")]
    [InlineData("""{"host":"127.0.0.1","port":70000}""")]
    [InlineData("""{"host":"127.0.0.1","port":25,"tlsOptions":{"ca":"not a certificate"}}""")]
    [InlineData("""{"host":"127.0.0.1","port":25,"domain":"example.com","accountSid":"s1","secretKey":"not a key"}""")]
    public async Task An_account_that_cannot_work_is_refused(string account)
    {
        using var smtp = new SmtpFixture();

        Assert.IsType<SendResult.Refused>(await smtp.SendAsync(Account.Parse(account)));
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("::1")]
    [InlineData("169.254.169.254")]
    public async Task A_server_in_the_private_network_is_refused(string host)
    {
        using var smtp = new SmtpFixture();

        var result = await smtp.SendAsync(Account.Parse($$"""{"host":"{{host}}","port":25}"""));

        Assert.Contains("may not reach", Assert.IsType<SendResult.Refused>(result).Reason, StringComparison.Ordinal);
    }

    private static Func<string, string?> Refuse(string whom, string reply) =>
        line => line.StartsWith("RCPT", StringComparison.Ordinal) && line.Contains(whom, StringComparison.Ordinal) ? reply : null;
}
