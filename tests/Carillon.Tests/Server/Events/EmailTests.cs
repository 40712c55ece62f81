using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Carillon.Tests.Server.Events;

public sealed class EmailTests
{
    private const string Workflow = "welcome";

    private static readonly Detail[] Sent =
        [Detail.StepQueued, Detail.StartSending, Detail.IntegrationSelected, Detail.MessageCreated, Detail.MessageSent];

    private static readonly object Mail = new
    {
        template = new
        {
            type = "email",
            contentType = "editor",
            subject = "Welcome {{name}}",
            senderName = "{{shop}} team",
            content = new object[]
            {
                new { type = "text", content = "Hello <b>{{name}}</b>" },
                new { type = "button", content = "Start", url = "https://example.com/{{id}}" },
            },
        },
        active = true,
    };

    private static readonly object Payload = new { name = "Ann", shop = "Corner", id = 7 };
    private static readonly object Ann = new { subscriberId = "ann", email = "ann@example.com" };

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_item_in_the_inbox_and_a_mail_say_what_the_workflow_says(Store store)
    {
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(sink, store);

        await TriggerAsync(app, new { name = Workflow, to = Ann, payload = Payload });

        var mail = await sink.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal("shop@example.com", mail.From);
        Assert.Equal(["ann@example.com"], mail.To);
        Assert.Equal("Welcome Ann", mail.Message.Subject);
        Assert.Equal("Corner team", mail.Message.From[0].Name);
        Assert.Contains("Hello <b>Ann</b>", mail.Message.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("Hello Ann\nStart (https://example.com/7)", mail.Message.TextBody!.ReplaceLineEndings("\n").Trim());
        Assert.Equal(["Hello Ann"], await app.FeedAsync("ann"));

        var message = await MessageAsync(app);
        Assert.Equal("sent", message.GetProperty("status").GetString());
        Assert.Equal("Welcome Ann", message.GetProperty("subject").GetString());
        Assert.Equal("ann@example.com", message.GetProperty("email").GetString());
        Assert.Equal("nodemailer", message.GetProperty("providerId").GetString());
        Assert.Equal($"{message.GetProperty("_id").GetString()}@example.com", mail.Message.MessageId);
        Assert.Equal(Sent, await DetailsAsync(app));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Somebody_without_an_address_leaves_a_failed_step_that_says_so(Store store)
    {
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(sink, store);

        await TriggerAsync(app, new { name = Workflow, to = "nobody", payload = Payload });

        Assert.Empty(sink.Received);
        Assert.Equal(Detail.NoRecipientDetails, (await DetailsAsync(app))[^1]);
        Assert.Equal(StepState.Failed, (await RunAsync(app)).States[1]);
        var message = await MessageAsync(app);
        Assert.Equal("warning", message.GetProperty("status").GetString());
        Assert.Equal("mail_unexpected_error", message.GetProperty("errorId").GetString());
        Assert.Equal("Subscriber does not have an email address", message.GetProperty("errorText").GetString());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_the_server_refuses_is_not_tried_again_and_says_why(Store store)
    {
        await using var sink = new SmtpSink { Script = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 no such user" : null };
        await using var app = await StartAsync(sink, store);

        await TriggerAsync(app, new { name = Workflow, to = Ann, payload = Payload });

        Assert.Empty(sink.Received);
        Assert.Equal(StepState.Failed, (await RunAsync(app)).States[1]);
        var details = await DetailsAsync(app);
        Assert.Contains(Detail.ProviderError, details);
        Assert.DoesNotContain(Detail.ProviderUnavailable, details);
        var message = await MessageAsync(app);
        Assert.Equal("error", message.GetProperty("status").GetString());
        Assert.Contains("550", message.GetProperty("errorText").GetString(), StringComparison.Ordinal);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_the_server_cannot_take_now_arrives_once_later(Store store)
    {
        var busy = true;
        await using var sink = new SmtpSink
        {
            Script = line => line.StartsWith("MAIL", StringComparison.Ordinal) && busy ? "451 4.3.0 busy" : null,
        };
        var clock = new FakeTimeProvider(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        await using var app = await StartAsync(sink, store, clock);
        await app.TriggeredAsync(new { name = Workflow, to = Ann, payload = Payload });
        await app.UntilAsync(async () => (await DetailsAsync(app)).Contains(Detail.ProviderUnavailable));

        busy = false;
        app.Advance(TimeSpan.FromMinutes(1));
        await app.SettledAsync();

        var mail = await sink.NextAsync(TestContext.Current.CancellationToken);
        Assert.Single(sink.Received);
        Assert.Equal($"{(await MessageAsync(app)).GetProperty("_id").GetString()}@example.com", mail.Message.MessageId);
        Assert.Equal(
            [
                Detail.StepQueued, Detail.StartSending, Detail.IntegrationSelected, Detail.MessageCreated, Detail.ProviderUnavailable,
                Detail.MessageSent,
            ],
            await DetailsAsync(app));
    }

    [Fact]
    public async Task A_step_that_has_to_wait_for_its_turn_says_everything_once()
    {
        using var gate = new ManualResetEventSlim();
        await using var sink = new SmtpSink
        {
            Script = line =>
            {
                if (line.StartsWith("MAIL", StringComparison.Ordinal)) gate.Wait(TestContext.Current.CancellationToken);
                return null;
            },
        };
        await using var app = await StartAsync(sink, settings: ("Carillon:Engine:SendsPerIntegration", "1"));
        var people = Enumerable.Range(0, 12).Select(n => new { subscriberId = $"s{n}", email = $"s{n}@example.com" });
        await app.TriggeredAsync(new { name = Workflow, to = people, payload = Payload });
        await app.UntilAsync(async () => (await TracesAsync(app)).Exists(lines => lines.Any(line => line.Detail == Detail.StartSending)));

        gate.Set();
        await app.SettledAsync();

        Assert.Equal(12, sink.Received.Count);
        Assert.All(await TracesAsync(app), lines => Assert.Equal(Sent, lines.Select(line => line.Detail)));
    }

    [Fact]
    public async Task A_webhook_gets_the_mail_and_what_it_was_made_of()
    {
        await using var peer = await HttpPeer.StartAsync(200);
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(sink);
        await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "email-webhook",
            channel = "email",
            identifier = "hook",
            credentials = new { webhookUrl = peer.Url, secretKey = "secret", from = "hook@example.com" },
            active = true,
            check = false,
        });

        await TriggerAsync(app, new { name = Workflow, to = Ann, payload = Payload, overrides = new { email = new { integrationIdentifier = "hook" } } });

        Assert.Empty(sink.Received);
        var body = Assert.Single(peer.Received).Json!;
        Assert.Equal((await MessageAsync(app)).GetProperty("_id").GetString(), (string?)body["id"]);
        Assert.Equal("hook@example.com", (string?)body["from"]);
        Assert.Equal("Welcome Ann", (string?)body["subject"]);
        Assert.Equal(Workflow, (string?)body["notificationDetails"]!["workflowIdentifier"]);
        var details = body["payloadDetails"]!;
        Assert.Equal("Welcome {{name}}", (string?)details["subject"]);
        Assert.Equal("Hello <b>{{name}}</b>", (string?)details["content"]![0]!["content"]);
        Assert.Equal("Ann", (string?)details["payload"]!["name"]);
        Assert.Equal("ann", (string?)details["payload"]!["subscriber"]!["subscriberId"]);
        Assert.Equal("""{"digest":false,"events":[],"total_count":0}""", details["payload"]!["step"]!.ToJsonString());
    }

    [Fact]
    public async Task The_caller_may_address_and_word_a_mail_otherwise()
    {
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(sink);

        await TriggerAsync(app, new
        {
            name = Workflow,
            to = Ann,
            payload = new { name = "Ann", email = "other@example.com" },
            overrides = new
            {
                email = new
                {
                    to = new[] { "more@example.com", "other@example.com" },
                    cc = "cc@example.com",
                    bcc = new[] { "bcc@example.com" },
                    from = "else@example.com",
                    replyTo = "reply@example.com",
                    senderName = "Else",
                    subject = "From the channel",
                    headers = new Dictionary<string, string> { ["X-Campaign"] = "spring" },
                },
                nodemailer = new { subject = "From the provider", text = "plain" },
            },
        });

        var mail = await sink.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal("else@example.com", mail.From);
        Assert.Equal(["other@example.com", "more@example.com", "cc@example.com", "bcc@example.com"], mail.To);
        Assert.Equal("From the provider", mail.Message.Subject);
        Assert.Equal("\"Else\" <else@example.com>", mail.Message.From.ToString());
        Assert.Equal("reply@example.com", mail.Message.ReplyTo.ToString());
        Assert.Equal("spring", mail.Message.Headers["X-Campaign"]);
        Assert.Equal("plain", mail.Message.TextBody!.Trim());
    }

    [Fact]
    public async Task Files_arrive_unless_they_are_for_another_channel()
    {
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(sink);

        await TriggerAsync(app, new
        {
            name = Workflow,
            to = Ann,
            payload = new
            {
                attachments = new object[]
                {
                    new { name = "a.txt", mime = "text/plain", file = "aGVsbG8=" },
                    new { name = "b.bin", file = "_-8", channels = new[] { "email" } },
                    new { name = "c.txt", mime = "text/plain", file = "aGVsbG8=", channels = new[] { "push" } },
                },
            },
        });

        var files = (await sink.NextAsync(TestContext.Current.CancellationToken)).Message.Attachments.Cast<MimePart>().ToList();
        Assert.Equal(["a.txt", "b.bin"], files.Select(file => file.FileName));
        Assert.Equal("hello"u8.ToArray(), Bytes(files[0]));
        Assert.Equal([0xff, 0xef], Bytes(files[1]));
    }

    // One that exists in another environment of the same organization is none of this one's.
    [Theory, InlineData("nowhere"), InlineData("elsewhere")]
    public async Task An_integration_that_does_not_exist_here_is_named(string identifier)
    {
        await using var sink = new SmtpSink();
        await using var app = await StartAsync(sink);
        (await IntegrateAsync(app.WithKey(app.ProductionKey), sink, "elsewhere")).EnsureSuccessStatusCode();

        await TriggerAsync(app, new { name = Workflow, to = Ann, overrides = new { email = new { integrationIdentifier = identifier } } });

        var line = (await LinesAsync(app))[^1];
        Assert.Equal((Detail.NoActiveIntegration, $$"""{"integrationIdentifier":"{{identifier}}"}"""), (line.Detail, line.Raw));
        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task Credentials_that_were_changed_count_from_the_next_mail_on()
    {
        await using var sink = new SmtpSink();
        await using var other = new SmtpSink();
        await using var app = await StartAsync(sink);
        await TriggerAsync(app, new { name = Workflow, to = Ann });

        var mail = (await (await app.Api.GetAsync("/v1/integrations")).DataAsync()).EnumerateArray().Single(one => one.Text("identifier") == "mail");
        var credentials = new { host = "127.0.0.1", port = other.Port, ignoreTls = true, from = "new@example.com", senderName = "New" };
        (await app.Api.PutAsJsonAsync($"/v1/integrations/{mail.Text("_id")}", new { credentials, check = false })).EnsureSuccessStatusCode();
        await TriggerAsync(app, new { name = Workflow, to = Ann });

        Assert.Equal("shop@example.com", Assert.Single(sink.Received).From);
        Assert.Equal("new@example.com", Assert.Single(other.Received).From);
    }

    private static async Task<CarillonApp> StartAsync(SmtpSink sink, Store store = Store.Sqlite, TimeProvider? clock = null, params (string, string)[] settings)
    {
        var app = await CarillonApp.StartAsync(store, clock, settings: [("Carillon:Outbound:Allow:0", "127.0.0.0/8"), .. settings]);
        await IntegrateAsync(app.Api, sink, "mail");
        await app.CreateWorkflowAsync(Workflow, WorkflowRequests.InApp(), Mail);
        return app;
    }

    private static Task<HttpResponseMessage> IntegrateAsync(HttpClient api, SmtpSink sink, string identifier) => api.PostAsJsonAsync("/v1/integrations", new
    {
        providerId = "nodemailer",
        channel = "email",
        identifier,
        credentials = new { host = "127.0.0.1", port = sink.Port, ignoreTls = true, from = "shop@example.com", senderName = "Shop" },
        active = true,
        check = false,
    });

    private static async Task TriggerAsync(CarillonApp app, object call)
    {
        await app.TriggeredAsync(call);
        await app.SettledAsync();
    }

    private static async Task<JsonElement> MessageAsync(CarillonApp app) =>
        (await (await app.Api.GetAsync("/v1/messages?channel=email")).JsonAsync()).GetProperty("data")[0];

    private static async Task<Detail[]> DetailsAsync(CarillonApp app) => [.. (await LinesAsync(app)).Select(line => line.Detail)];

    private static async Task<IReadOnlyList<TraceLine>> LinesAsync(CarillonApp app) =>
        (await TracesAsync(app)) is [var only] ? only : [];

    /// <summary>What the trace of each run says of the mail.</summary>
    private static async Task<List<IReadOnlyList<TraceLine>>> TracesAsync(CarillonApp app) =>
        [.. (await RunsAsync(app)).Select(run => Trace.Read(run.Trace).Where(line => line.Step == 1).ToList())];

    private static async Task<Run> RunAsync(CarillonApp app) => Assert.Single(await RunsAsync(app));

    private static async Task<List<Run>> RunsAsync(CarillonApp app)
    {
        await using var db = app.OpenDb();
        return await db.Runs.AsNoTracking().ToListAsync();
    }

    private static byte[] Bytes(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return content.ToArray();
    }
}
