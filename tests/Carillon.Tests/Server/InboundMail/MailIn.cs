using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Carillon.Server.InboundParse.Replies;
using Carillon.Server.InboundParse.Smtp;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MimeKit;

namespace Carillon.Tests.Server.InboundMail;

/// <summary>A server that receives answers, the application that waits for them, and the mail servers that bring them.</summary>
internal sealed class MailIn : IAsyncDisposable
{
    public const string Domain = "in.example.com";

    private MailIn(CarillonApp app, HttpPeer peer)
    {
        App = app;
        Peer = peer;
    }

    public CarillonApp App { get; }

    /// <summary>Takes mails at <c>/send</c> and answers at <c>/replies/…</c>.</summary>
    public HttpPeer Peer { get; }

    public int Port => App.Services.GetServices<IHostedService>().OfType<MailListener>().Single().Endpoint.Port;

    public IReadOnlyList<ReceivedRequest> Answers => [.. Peer.Received.Where(request => request.Path.StartsWith("/replies", StringComparison.Ordinal))];

    public static async Task<MailIn> StartAsync(
        Store store = Store.Sqlite, TimeProvider? clock = null, Func<int>? status = null, Action<IServiceCollection>? services = null,
        params (string Name, string Value)[] settings)
    {
        var peer = await HttpPeer.StartAsync(context =>
        {
            if (context.Request.Path.StartsWithSegments("/replies", StringComparison.Ordinal)) context.Response.StatusCode = status?.Invoke() ?? 200;
            return Task.CompletedTask;
        });
        (string Name, string Value)[] usual =
        [
            ("Carillon:Outbound:Allow:0", "127.0.0.0/8"),
            ("Carillon:InboundMail:Domain", "mx.example.com"),
            ("Carillon:InboundMail:Port", "0"),
            ("Carillon:InboundMail:Address", "127.0.0.1"),
        ];
        var app = await CarillonApp.StartAsync(store, clock, services, settings: [.. usual, .. settings]);
        var mail = new MailIn(app, peer);
        await mail.PrepareAsync();
        return mail;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Peer.DisposeAsync();
    }

    /// <summary>Has a mail sent whose answers go to this address, and returns where to answer.</summary>
    public async Task<string> AskAsync(string? callback = null, string subscriberId = "ann")
    {
        var workflow = await App.CreateWorkflowAsync($"Ask {Peer.Received.Count}", new
        {
            template = new { type = "email", contentType = "customHtml", subject = "S", content = "<p>Answer to {{step.reply_to_address}}</p>" },
            active = true,
            replyCallback = new { active = true, url = callback ?? $"{Peer.Url}replies/{{{{order}}}}" },
        });
        await App.TriggeredAsync(new { name = workflow.Identifier(), to = subscriberId, payload = new { order = 7, attachments = Array.Empty<object>() } });
        await App.SettledAsync();
        return Peer.Received.Last(request => request.Path == "/send").Json!["replyTo"]!.GetValue<string>();
    }

    public Task AnswerAsync(string to, MimeMessage? answer = null) => AnswerAsync([to], answer);

    public async Task AnswerAsync(IEnumerable<string> to, MimeMessage? answer = null)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", Port, SecureSocketOptions.None);
        await client.SendAsync(answer ?? Letter(), new MailboxAddress(null, "ann@example.com"), to.Select(one => new MailboxAddress(null, one)));
        await client.DisconnectAsync(quit: true);
    }

    /// <summary>Lets time pass, and tells whoever may just have been about to rest.</summary>
    public void Advance(TimeSpan time)
    {
        App.Advance(time);
        App.Get<ReplyPost>().Wake();
    }

    public static MimeMessage Letter(string text = "Yes, please.\n.\nAnn") => new(
        [new MailboxAddress("Ann", "ann@example.com")], [new MailboxAddress(null, "shop@example.com")], "Re: S", new TextPart("plain") { Text = text });

    public async Task<SmtpTalk> TalkAsync(bool greet = true)
    {
        var talk = await SmtpTalk.StartAsync(Port);
        if (greet) await talk.SayAsync("EHLO tests");
        return talk;
    }

    private async Task PrepareAsync()
    {
        await using var db = App.OpenDb();
        var environment = db.Environments.Single(environment => environment.Id == App.EnvironmentId);
        environment.Settings = environment.Settings with { InboundParseDomain = Domain, MxRecordConfigured = true };
        await db.SaveChangesAsync();
        await App.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann", email = "ann@example.com" });
        await App.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "email-webhook",
            channel = "email",
            credentials = new { webhookUrl = $"{Peer.Url}send", secretKey = "s", from = "shop@example.com" },
            active = true,
            check = false,
        });
    }
}

/// <summary>A mail server that says what it likes.</summary>
internal sealed class SmtpTalk : IAsyncDisposable
{
    private readonly TcpClient _client = new();
    private StreamReader _reader = null!;

    public static async Task<SmtpTalk> StartAsync(int port)
    {
        var talk = new SmtpTalk();
        await talk._client.ConnectAsync(IPAddress.Loopback, port);
        talk._reader = new StreamReader(talk._client.GetStream());
        talk.Greeting = await talk.HearAsync();
        return talk;
    }

    public string Greeting { get; private set; } = "";

    /// <summary>Says a line and returns the last line of the answer; empty when the other side has hung up.</summary>
    public async Task<string> SayAsync(string line)
    {
        await WriteAsync(line + "\r\n");
        return await HearAsync();
    }

    public async Task WriteAsync(string text) => await _client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(text));

    public async Task<string> HearAsync()
    {
        while (await _reader.ReadLineAsync() is { } line)
        {
            if (line.Length < 4 || line[3] != '-') return line;
        }

        return "";
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
