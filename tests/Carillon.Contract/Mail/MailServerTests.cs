using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Carillon.Contract.Mail;

/// <summary>Mails that are read back from a mail server which others have written.</summary>
public sealed class MailServerTests(MailServerTests.Running running) : IClassFixture<MailServerTests.Running>
{
    private const int Large = 10 * 1024 * 1024;

    [Fact]
    public async Task A_mail_with_everything_in_it_arrives_whole()
    {
        var page = Page();
        var (bill, logo) = (RandomNumberGenerator.GetBytes(100_000), RandomNumberGenerator.GetBytes(3_000));

        await running.SendAsync("ann@example.com", new
        {
            attachments = new object[]
            {
                new { name = "Überweisung №1.pdf", mime = "application/pdf", file = Convert.ToBase64String(bill) },
                new { name = "logo.png", mime = "image/png", file = Convert.ToBase64String(logo), cid = "logo", disposition = "inline" },
            },
        }, new
        {
            subject = "Grüße aus Köln, 東京 und 🎉 – ein Betreff, der länger ist, als eine Zeile sein darf, und deshalb umbrochen wird",
            senderName = "Grüner Laden 🌿",
            html = page,
            text = ".\n.begins with a dot\nGrüße\n",
            cc = "copy@example.com",
            bcc = new[] { "hidden@example.com" },
            replyTo = "Antwort <reply@example.com>",
            headers = new Dictionary<string, string> { ["X-Campaign"] = "spring" },
        });

        var kept = await running.ArrivedAsync("ann@example.com");
        Assert.Equal(("shop@example.com", MailServer.User, true), (kept.From, kept.User, kept.Tls));
        Assert.Equal(["ann@example.com", "copy@example.com", "hidden@example.com"], kept.To);
        Assert.True(kept.Bytes > Large);

        var mail = kept.Message;
        Assert.Equal("Grüße aus Köln, 東京 und 🎉 – ein Betreff, der länger ist, als eine Zeile sein darf, und deshalb umbrochen wird", mail.Subject);
        Assert.Equal(("Grüner Laden 🌿", "shop@example.com"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Equal(("Antwort", "reply@example.com"), (mail.ReplyTo.Mailboxes.Single().Name, mail.ReplyTo.Mailboxes.Single().Address));
        Assert.Equal(["copy@example.com"], mail.Cc.Mailboxes.Select(copy => copy.Address));
        Assert.DoesNotContain(mail.Headers, header => header.Value.Contains("hidden", StringComparison.Ordinal));
        Assert.Equal("spring", mail.Headers["X-Campaign"]);
        Assert.StartsWith("<https://notify.example.com/v1/unsubscribe/", mail.Headers["List-Unsubscribe"], StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Equal(page, mail.HtmlBody!.ReplaceLineEndings("\n"));
        Assert.Equal(".\n.begins with a dot\nGrüße\n", mail.TextBody!.ReplaceLineEndings("\n"));

        var file = Assert.IsType<MimePart>(Assert.Single(mail.Attachments));
        Assert.Equal(("Überweisung №1.pdf", "application/pdf"), (file.FileName, file.ContentType.MimeType));
        Assert.Equal(bill, Bytes(file));
        var image = mail.BodyParts.OfType<MimePart>().Single(part => part.ContentType.IsMimeType("image", "png"));
        Assert.Equal(("logo", "inline"), (image.ContentId, image.ContentDisposition?.Disposition));
        Assert.Equal(logo, Bytes(image));
        Assert.IsAssignableFrom<MultipartRelated>(ParentOf(mail, image));
    }

    [Fact]
    public async Task Who_is_greylisted_gets_the_mail_at_the_second_attempt_and_once()
    {
        await running.TriggerAsync("grey@example.com", new { }, new { });
        await running.App.UntilAsync(async () => (await running.DetailsAsync("grey@example.com")).Contains(Detail.ProviderUnavailable));
        Assert.Equal(0, await running.CountAsync("grey@example.com"));

        running.App.Advance(TimeSpan.FromMinutes(1));
        await running.App.SettledAsync();

        Assert.Equal(1, await running.CountAsync("grey@example.com"));
        Assert.Equal(Detail.MessageSent, (await running.DetailsAsync("grey@example.com"))[^1]);
    }

    [Fact]
    public async Task Whom_the_server_does_not_know_is_not_tried_again()
    {
        await running.SendAsync("gone@example.com", new { }, new { });

        var details = await running.DetailsAsync("gone@example.com");
        Assert.Equal(Detail.ProviderError, details[^1]);
        Assert.DoesNotContain(Detail.ProviderUnavailable, details);
        Assert.Equal(0, await running.CountAsync("gone@example.com"));
    }

    [Theory]
    [InlineData("requireTls", MailServer.Password, true)]
    [InlineData("requireTls", "wrong", false)]
    [InlineData("ignoreTls", MailServer.Password, false)]
    public async Task An_account_is_checked_against_the_server_itself(string tls, string password, bool works)
    {
        var response = await running.ConnectAsync($"check-{tls}-{password.Length}", tls, password, check: true);

        Assert.Equal(works, response.IsSuccessStatusCode);
        Assert.DoesNotContain("wrong", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Page()
    {
        var line = $"<p>{new string('x', 900)} Grüße aus Köln, 東京 und 🎉</p>\n";
        var page = new StringBuilder();
        while (page.Length < Large) page.Append(line);
        return page.ToString();
    }

    private static byte[] Bytes(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return content.ToArray();
    }

    private static MimeEntity? ParentOf(MimeMessage mail, MimeEntity part)
    {
        var walk = new MimeIterator(mail);
        while (walk.MoveNext())
        {
            if (walk.Current == part) return walk.Parent;
        }

        return null;
    }

    /// <summary>A server of ours, and the mail server that it sends through.</summary>
    public sealed class Running : IAsyncLifetime
    {
        private readonly FakeTimeProvider _clock = new(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        private MailServer _server = null!;
        private string _workflow = "";

        internal CarillonApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _server = await MailServer.StartAsync(secure: true);
            App = await CarillonApp.StartAsync(
                clock: _clock, settings: [("Carillon:Outbound:Allow:0", "127.0.0.0/8"), ("Carillon:PublicUrl", "https://notify.example.com")]);
            (await ConnectAsync("mail", "requireTls", MailServer.Password, check: false)).EnsureSuccessStatusCode();
            var workflow = await (await App.Api.PostAsJsonAsync("/v1/workflows", new
            {
                name = "Mail",
                notificationGroupId = App.NotificationGroupId,
                active = true,
                draft = false,
                steps = new[] { new { active = true, template = new { type = "email", contentType = "customHtml", subject = "Hello", content = "<p>Hello</p>" } } },
            })).DataAsync();
            _workflow = workflow.GetProperty("triggers")[0].GetProperty("identifier").GetString()!;
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await _server.DisposeAsync();
        }

        internal Task<HttpResponseMessage> ConnectAsync(string identifier, string tls, string password, bool check) =>
            App.Api.PostAsJsonAsync("/v1/integrations", new
            {
                providerId = "nodemailer",
                channel = "email",
                identifier,
                active = true,
                check,
                credentials = new Dictionary<string, object>
                {
                    ["host"] = "127.0.0.1",
                    ["port"] = _server.Port,
                    ["user"] = MailServer.User,
                    ["password"] = password,
                    [tls] = true,
                    ["tlsOptions"] = new { ca = _server.Authority, servername = MailServer.Name },
                    ["from"] = "shop@example.com",
                    ["senderName"] = "Shop",
                },
            });

        internal async Task SendAsync(string email, object payload, object overrides)
        {
            await TriggerAsync(email, payload, overrides);
            await App.SettledAsync();
        }

        internal async Task TriggerAsync(string email, object payload, object overrides)
        {
            var to = new { subscriberId = email, email };
            var through = JsonSerializer.SerializeToNode(overrides)!.AsObject();
            through["integrationIdentifier"] = "mail";
            (await App.Api.PostAsJsonAsync("/v1/events/trigger", new { name = _workflow, to, payload, overrides = new { email = through } }))
                .EnsureSuccessStatusCode();
        }

        internal async Task<KeptMail> ArrivedAsync(string email) =>
            Assert.Single(await _server.MailsAsync(), mail => mail.To.Contains(email));

        internal async Task<int> CountAsync(string email) => (await _server.MailsAsync(0)).Count(mail => mail.To.Contains(email));

        internal async Task<List<Detail>> DetailsAsync(string email)
        {
            await using var db = App.OpenDb();
            var traces = await db.Runs
                .Join(db.Subscribers, run => run.SubscriberId, subscriber => subscriber.Id, (run, subscriber) => new { run.Trace, subscriber.ExternalId })
                .Where(run => run.ExternalId == email).Select(run => run.Trace).ToListAsync();
            return [.. traces.SelectMany(Trace.Read).Select(line => line.Detail)];
        }
    }
}
