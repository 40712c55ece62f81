using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Security.Cryptography;
using Carillon.Data.Execution;
using Carillon.Engine.Steps.Email;
using Carillon.Providers;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Carillon.Tests.Server.Events;

/// <summary>Files that come with an event: kept once beside it, sent to each, and gone with the last who could be sent them.</summary>
public sealed class AttachmentTests
{
    private static readonly object MailTemplate = new { type = "email", contentType = "customHtml", subject = "S", content = "<p>{{attachments.[0].name}}</p>" };
    private static readonly object Mail = new { template = MailTemplate, active = true };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_large_file_is_stored_once_arrives_at_each_and_goes_when_all_have_it(Store store)
    {
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(store, sink);
        await app.CreateWorkflowAsync("Mail", Mail);
        var file = RandomNumberGenerator.GetBytes(2_500_000);

        await app.SendAsync(
            "mail", "t1", new { attachments = new[] { new { name = "a.bin", mime = "application/octet-stream", file = Convert.ToBase64String(file) } } },
            to: new[] { "ann", "bob", "cid" });

        Assert.Equal(3, sink.Received.Count);
        Assert.All(sink.Received, mail => Assert.Equal(file, BytesOf(mail.Message)));
        Assert.All(sink.Received, mail => Assert.Contains("a.bin", mail.Message.HtmlBody, StringComparison.Ordinal));
        await using var db = app.OpenDb();
        Assert.Equal([1 << 20, 1 << 20, 2_500_000 - (2 << 20)], await db.Attachments.OrderBy(piece => piece.Part).Select(piece => piece.Content.Length).ToListAsync(Ct));
        Assert.InRange((await db.Events.SingleAsync(Ct)).Content.Length, 1, 200);
        Assert.Equal(
            """{"attachments":[{"name":"a.bin","mime":"application/octet-stream"}]}""", (await app.NotificationAsync("t1")).GetProperty("payload").GetRawText());

        app.Advance(TimeSpan.FromMinutes(11));
        await app.UntilAsync(async () => !await db.Attachments.AnyAsync(Ct));
    }

    [Fact]
    public async Task A_file_stays_while_somebody_waits_for_it_and_while_what_failed_may_be_asked_for_again()
    {
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(Store.Sqlite, sink);
        await app.CreateWorkflowAsync("Mail", TimeRequests.Delay(TimeRequests.Regular(3, "days")), Mail);
        await app.SendAsync("mail", "t1", Files("aGVsbG8="), to: new object[] { "ann", new { subscriberId = "nobody" } });

        for (var day = 0; day < 3; day++) await app.AdvanceToAsync(Now(app).AddDays(1));
        Assert.Equal("hello"u8.ToArray(), BytesOf(Assert.Single(sink.Received).Message));

        await app.AdvanceToAsync(Now(app).AddDays(1));
        await using var db = app.OpenDb();
        Assert.Equal(["cc", "cf"], (await db.Runs.Select(run => run.States).ToListAsync(Ct)).Order());
        Assert.True(await db.Attachments.AnyAsync(Ct));
    }

    [Fact]
    public async Task A_file_is_still_there_when_a_condition_has_to_be_asked_again()
    {
        var isDown = true;
        await using var peer = await HttpPeer.StartAsync(async context =>
        {
            context.Response.StatusCode = isDown ? 500 : 200;
            await context.Response.WriteAsync("""{"ok":true}""", Ct);
        });
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(Store.Sqlite, sink);
        var asked = new[] { new { value = "AND", children = new[] { new { on = "webhook", webhookUrl = peer.Url, field = "ok", @operator = "EQUAL", value = "true" } } } };
        await app.CreateWorkflowAsync("Mail", new { template = MailTemplate, active = true, filters = asked });

        await app.SendAsync("mail", "t1", Files("aGVsbG8="));
        Assert.Contains("Webhook filter failed, retry will be executed", (await app.NotificationAsync("t1")).Jobs()[0].GetRawText(), StringComparison.Ordinal);
        isDown = false;
        await app.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("hello"u8.ToArray(), BytesOf(Assert.Single(sink.Received).Message));
    }

    [Theory]
    [InlineData("""[{"name":"a","file":"!"}]""", "payload.attachments.0.file must be base64")]
    [InlineData("""[{"name":"a","file":"aGVsbG8="},{"name":"b"}]""", "payload.attachments.1.file must be base64")]
    [InlineData("""["a"]""", "payload.attachments.0.file must be base64")]
    public async Task What_is_no_file_is_refused_at_the_door(string attachments, string complaint)
    {
        await using var app = await CarillonApp.StartAsync();
        await app.CreateWorkflowAsync("Mail", Mail);

        var answer = await app.Api.PostTextAsync(EventRequests.Route, $$$"""{"name":"mail","to":"ann","payload":{"attachments":{{{attachments}}}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(complaint, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_files_are_refused()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.CreateWorkflowAsync("Mail", Mail);

        var answer = await app.Api.PostAsJsonAsync(
            EventRequests.Route, new { name = "mail", to = "ann", payload = new { attachments = Enumerable.Repeat(new { name = "a", file = "YQ==" }, 51) } }, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    // Memory is flat because there is nothing that could grow: a hundred mails at once hold one and the same bytes, read once.
    [Fact]
    public async Task Mails_of_one_event_that_leave_together_share_what_was_read()
    {
        var store = DispatchProxy.Create<IEngineStore, OneFile>();
        var files = new AttachmentFiles(store);
        var e = new Event
        {
            Id = "e", EnvironmentId = "n", OrganizationId = "", WorkflowId = "", VersionId = "", Recipients = "", Content = "", CreatedAt = default,
        };
        var go = new TaskCompletionSource();
        List<ReadOnlyMemory<byte>> sent = [];

        var sends = Enumerable.Range(0, 100).Select(_ => files.SendAsync(e, [new(0, "a", "text/plain", null, null)], async attached =>
        {
            lock (sent) sent.Add(attached.Single().Content);
            await go.Task;
            return new SendResult.Sent(null);
        }, Ct)).ToList();
        go.SetResult();
        await Task.WhenAll(sends);

        Assert.Equal(100, sent.Count);
        Assert.All(sent, content => Assert.True(content.Span == sent[0].Span));
        Assert.Equal(1, ((OneFile)(object)store).Reads);
    }

    private static object Files(string file) => new { attachments = new[] { new { name = "a.txt", mime = "text/plain", file } } };

    private static DateTimeOffset Now(CarillonApp app) => app.Get<TimeProvider>().GetUtcNow();

    private static byte[] BytesOf(MimeMessage mail)
    {
        var content = new MemoryStream();
        Assert.IsType<MimePart>(mail.Attachments.Single(), exactMatch: false).Content!.DecodeTo(content, Ct);
        return content.ToArray();
    }

    private static async Task<CarillonApp> StartAsync(Store store, SmtpSink sink)
    {
        var app = await CarillonApp.StartAsync(store, new FakeTimeProvider(TimeRequests.Start), settings: ("Carillon:Outbound:Allow:0", "127.0.0.0/8"));
        await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "nodemailer", channel = "email", active = true, check = false,
            credentials = new { host = "127.0.0.1", port = sink.Port, ignoreTls = true, from = "shop@example.com" },
        });
        foreach (var name in new[] { "ann", "bob", "cid" })
            await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = name, email = $"{name}@example.com" });
        return app;
    }

    [SuppressMessage("Performance", "CA1852", Justification = "The proxy is made of it at run time.")]
    internal class OneFile : DispatchProxy
    {
        public int Reads { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Reads++;
            return Task.FromResult<IReadOnlyList<byte[]>>([new byte[5_000_000]]);
        }
    }
}
