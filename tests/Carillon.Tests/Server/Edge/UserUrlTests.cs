using System.Net;
using System.Net.Http.Json;
using Carillon.Data.Outgoing;
using Carillon.Providers.Http;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Server.InboundMail;
using Carillon.Tests.Server.Preferences;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Tests.Server.Edge;

/// <summary>
/// The addresses that users write elsewhere than into accounts and channels: conditions, endpoints and reply callbacks. None leads into the
/// operator's network, in whichever way it says where that is. Accounts and channels are in <c>UserAddressTests</c>.
/// </summary>
public sealed class UserUrlTests
{
    // Of all that is private, 127.0.0.1 alone is allowed here.
    private static readonly string[] Hosts =
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.2", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "[::1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[fd00::1]", "[fe80::1]", "[64:ff9b::10.0.0.1]",
        "2130706434", "0x7f000002", "0177.0.0.2", "127.2", "167772161", "inside.example",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conditions_ask_nobody_there()
    {
        await using var place = await Place.StartAsync();
        object[] steps = [.. place.Urls.Select(url => new
        {
            template = new { type = "in_app", content = "Hello" },
            active = true,
            filters = new[] { new { type = "GROUP", value = "AND", children = new[] { new { on = "webhook", webhookUrl = url, field = "ok", @operator = "EQUAL", value = "true" } } } },
        })];
        await place.App.CreateWorkflowAsync("Ask", steps);

        var transactionId = await place.App.TriggeredAsync(new { name = "ask", to = "ann" });
        await place.App.SettledAsync();

        place.Check((await place.App.JobsOfAsync(transactionId)).Select(job =>
            job.Status() == "completed" ? null : job.Lines().Last(line => line.Text("source") == "Webhook").Text("raw")));
    }

    [Fact]
    public async Task Endpoints_hear_nothing_there()
    {
        await using var place = await Place.StartAsync();
        foreach (var url in place.Urls)
        {
            var made = await (await place.App.Api.PostAsJsonAsync("/v1/webhook-endpoints", new { url })).DataAsync();
            await place.App.Api.PostAsync($"/v1/webhook-endpoints/{made.Id()}/test", null);
            await place.App.UntilAsync(async () => !await PendingAsync(place.App));
        }

        await using var db = place.App.OpenDb();
        place.Check((await db.OutgoingEvents.OrderBy(e => e.Id).ToListAsync(Ct)).Select(e => e.LastError));
    }

    [Fact]
    public async Task Answers_to_mails_are_not_passed_on_there()
    {
        await using var place = await Place.StartAsync();
        object[] steps = [.. place.Urls.Select(url => new
        {
            template = new { type = "email", contentType = "customHtml", subject = "S", content = "Hello" },
            active = true,
            replyCallback = new { active = true, url },
        })];
        await place.App.CreateWorkflowAsync("Mails", steps);
        var transactionId = await place.App.TriggeredAsync(new { name = "mails", to = "ann" });
        await place.App.SettledAsync();

        foreach (var address in place.Mail.Peer.Received.Where(request => request.Path == "/send").Select(request => (string)request.Json!["replyTo"]!))
        {
            await place.Mail.AnswerAsync(address);
            await place.App.UntilAsync(async () => !await WaitingAsync(place.App));
        }

        place.Check((await place.App.JobsOfAsync(transactionId)).Select(job =>
            job.Lines().Any(line => line.Text("detail") == AnswerTests.PassedOn) ? null : job.Lines().Last().Text("raw")));
    }

    private static async Task<bool> PendingAsync(CarillonApp app)
    {
        await using var db = app.OpenDb();
        return await db.OutgoingEvents.AnyAsync(e => e.Status == OutgoingStatus.Pending, Ct);
    }

    private static async Task<bool> WaitingAsync(CarillonApp app)
    {
        await using var db = app.OpenDb();
        return await db.IncomingMails.AnyAsync(Ct);
    }

    /// <summary>A server, a peer outside it, one inside, and every way from the one to the other.</summary>
    private sealed class Place(MailIn mail, HttpPeer outer, HttpPeer inner) : IAsyncDisposable
    {
        public MailIn Mail => mail;

        public CarillonApp App => mail.App;

        /// <summary>What leads inside at once, by a redirect, and by a name that is outside when it is first looked up.</summary>
        public IReadOnlyList<string> Urls =>
        [
            .. Hosts.Select(host => $"http://{host}:{inner.Url.Port}/in"),
            $"{outer.Url}elsewhere",
            $"http://changing.example:{outer.Url.Port}/first",
            $"http://changing.example:{outer.Url.Port}/second",
        ];

        public static async Task<Place> StartAsync()
        {
            var inner = await HttpPeer.StartAsync(200);
            var outer = await HttpPeer.StartAsync(async context =>
            {
                context.Response.Headers.Connection = "close";
                if (context.Request.Path == "/elsewhere") (context.Response.StatusCode, context.Response.Headers.Location) = (307, $"http://127.0.0.2:{inner.Url.Port}/in");
                else await context.Response.WriteAsync("""{"ok":"true"}""");
            });
            var changing = new Queue<IPAddress>([IPAddress.Loopback, IPAddress.Parse("10.0.0.1")]);
            var guard = new OutboundGuard(new() { Allow = ["127.0.0.1"] }, (name, _) =>
                Task.FromResult(new[] { name == "changing.example" ? changing.Dequeue() : IPAddress.Parse("10.0.0.1") }));
            return new(await MailIn.StartAsync(services: services => services.AddSingleton(guard)), outer, inner);
        }

        /// <summary>Of the reasons, in the order of the addresses: null where it was called.</summary>
        public void Check(IEnumerable<string?> reasons)
        {
            List<string?> all = [.. reasons];
            Assert.Equal(Urls.Count, all.Count);
            Assert.All(Hosts.Zip(all), one => Assert.True(one.Second?.Contains("network", StringComparison.Ordinal), $"{one.First}: {one.Second}"));
            Assert.Contains("redirects the message to another host", all[^3], StringComparison.Ordinal);
            Assert.Null(all[^2]);
            Assert.Contains("network", all[^1], StringComparison.Ordinal);
            Assert.Empty(inner.Received);
            Assert.Equal(["/elsewhere", "/first"], outer.Received.Select(request => request.Path).Where(path => path is "/elsewhere" or "/first" or "/second"));
        }

        public async ValueTask DisposeAsync()
        {
            await mail.DisposeAsync();
            await outer.DisposeAsync();
            await inner.DisposeAsync();
        }
    }
}
