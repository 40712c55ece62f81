using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Server.Preferences;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Events;

/// <summary>What failed is tried again when somebody asks for it, and what was sent is not.</summary>
public sealed class ResendTests
{
    private const string Resent = "Step will be sent again";

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_notification_tries_its_failed_steps_again_and_those_that_waited_for_them(Store store)
    {
        await using var peer = await MailPeer.StartAsync();
        await using var app = await StartAsync(store, peer);
        var workflow = await app.CreateWorkflowAsync(
            "Order", WorkflowRequests.InApp("first"), Mail(stops: true), WorkflowRequests.InApp("last"));
        peer.Status = 400;
        var transactionId = await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann" });
        await app.SettledAsync();
        var failed = await NotificationAsync(app, transactionId);
        Assert.Equal(["completed", "failed", "canceled"], Statuses(failed));

        peer.Status = 200;
        var answer = await app.Api.PostAsync($"/v1/notifications/{failed.GetProperty("_id").GetString()}/resend", null);
        await app.SettledAsync();

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var jobs = failed.GetProperty("jobs");
        Assert.Equal(
            [Id(jobs[1]), Id(jobs[2])],
            (await answer.DataAsync()).GetProperty("jobs").EnumerateArray().Select(id => id.GetString()));
        var sent = await NotificationAsync(app, transactionId);
        Assert.Equal(["completed", "completed", "completed"], Statuses(sent));
        Assert.Equal(
            [
                "Step created", "Step queued", "Start sending message", "Integration instance selected", "Message created", "Unexpected provider error",
                Resent, "Step queued", "Start sending message", "Integration instance selected", "Message created", "Message sent",
            ],
            sent.GetProperty("jobs")[1].Details());
        Assert.Equal(["first", "last"], (await app.FeedAsync("ann")).Order());
        var mail = Assert.Single(await MessagesAsync(app, "email"));
        Assert.Equal("sent", mail.GetProperty("status").GetString());
        Assert.Equal(2, peer.Count);
    }

    [Fact]
    public async Task One_message_is_tried_again_without_what_else_failed()
    {
        await using var peer = await MailPeer.StartAsync();
        await using var app = await StartAsync(Store.Sqlite, peer);
        var workflow = await app.CreateWorkflowAsync("Order", Mail(stops: false, "one"), Mail(stops: false, "two"));
        peer.Status = 400;
        var transactionId = await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann" });
        await app.SettledAsync();
        var second = (await MessagesAsync(app, "email")).Single(message => message.GetProperty("subject").GetString() == "two");

        peer.Status = 200;
        var answer = await app.Api.PostAsync($"/v1/messages/{second.GetProperty("_id").GetString()}/resend", null);
        await app.SettledAsync();

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(["failed", "completed"], Statuses(await NotificationAsync(app, transactionId)));
        Assert.Equal(
            [("one", "error"), ("two", "sent")],
            (await MessagesAsync(app, "email")).Select(message => (message.GetProperty("subject").GetString()!, message.GetProperty("status").GetString()!)).Order());
    }

    [Fact]
    public async Task What_did_not_fail_is_not_sent_again_and_what_is_not_there_is_said()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Greet");
        var transactionId = await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann" });
        await app.SettledAsync();
        var path = $"/v1/notifications/{(await NotificationAsync(app, transactionId)).GetProperty("_id").GetString()}/resend";

        Assert.Equal(HttpStatusCode.Conflict, (await app.Api.PostAsync(path, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.WithKey(app.ProductionKey).PostAsync(path, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Api.PostAsync("/v1/messages/000000000000000000000000/resend", null)).StatusCode);
        Assert.Equal(["Hello "], await app.FeedAsync("ann"));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Of_many_who_ask_at_once_one_is_heard(Store store)
    {
        await using var peer = await MailPeer.StartAsync();
        await using var app = await StartAsync(store, peer);
        var workflow = await app.CreateWorkflowAsync("Order", Mail(stops: false));
        peer.Status = 400;
        var transactionId = await app.TriggeredAsync(new { name = workflow.Identifier(), to = "ann" });
        await app.SettledAsync();
        var path = $"/v1/notifications/{(await NotificationAsync(app, transactionId)).GetProperty("_id").GetString()}/resend";

        peer.Status = 200;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Api.PostAsync(path, null)));
        await app.SettledAsync();

        Assert.Equal(
            [HttpStatusCode.Created, .. Enumerable.Repeat(HttpStatusCode.Conflict, 7)], answers.Select(answer => answer.StatusCode).Order());
        Assert.Equal(2, peer.Count);
    }

    [Fact]
    public async Task Cancelling_says_how_much_it_stopped()
    {
        await using var peer = await MailPeer.StartAsync();
        await using var app = await StartAsync(Store.Sqlite, peer);
        var workflow = await app.CreateWorkflowAsync("Order", Mail(stops: false));
        peer.Status = 503;
        var transactionId = await app.TriggeredAsync(new { name = workflow.Identifier(), to = new[] { new { subscriberId = "ann" }, new { subscriberId = "bob" } } });
        await app.UntilAsync(async () => await WaitingAsync(app, transactionId) == 1);

        var first = await app.Api.DeleteAsync($"{EventRequests.Route}/{transactionId}");
        await app.SettledAsync();
        var second = await app.Api.DeleteAsync($"{EventRequests.Route}/{transactionId}");

        // The other has no address and failed already.
        Assert.Equal(("1", """{"data":true}"""), (Stopped(first), (await first.JsonAsync()).GetRawText()));
        Assert.Equal(("0", """{"data":false}"""), (Stopped(second), (await second.JsonAsync()).GetRawText()));
    }

    private static string Stopped(HttpResponseMessage answer) => answer.Headers.GetValues("Carillon-Stopped").Single();

    private static async Task<int> WaitingAsync(CarillonApp app, string transactionId)
    {
        var page = await (await app.Api.GetAsync($"/v1/notifications?transactionId={transactionId}")).JsonAsync();
        return page.GetProperty("data").EnumerateArray()
            .Count(notification => notification.GetProperty("jobs")[0].Details().Contains("Provider unavailable, will be retried"));
    }

    private static async Task<CarillonApp> StartAsync(Store store, MailPeer peer)
    {
        var app = await CarillonApp.StartAsync(store, settings: ("Carillon:Outbound:Allow:0", "127.0.0.0/8"));
        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann", email = "ann@example.com" });
        await app.Api.PostAsJsonAsync("/v1/integrations", new
        {
            providerId = "email-webhook",
            channel = "email",
            credentials = new { webhookUrl = peer.Url, secretKey = "s", from = "shop@example.com" },
            active = true,
            check = false,
        });
        return app;
    }

    private static object Mail(bool stops, string subject = "Mail") => new
    {
        template = new { type = "email", contentType = "customHtml", subject, content = "<p>x</p>" },
        active = true,
        shouldStopOnFail = stops,
    };

    private static async Task<JsonElement> NotificationAsync(CarillonApp app, string transactionId) =>
        (await (await app.Api.GetAsync($"/v1/notifications?transactionId={transactionId}")).JsonAsync()).GetProperty("data")[0];

    private static async Task<JsonElement[]> MessagesAsync(CarillonApp app, string channel) =>
        [.. (await (await app.Api.GetAsync($"/v1/messages?channel={channel}")).JsonAsync()).GetProperty("data").EnumerateArray()];

    private static string[] Statuses(JsonElement notification) => [.. notification.GetProperty("jobs").EnumerateArray().Select(job => job.Status())];

    private static string? Id(JsonElement entity) => entity.GetProperty("_id").GetString();

    /// <summary>A mail provider that answers as it is told.</summary>
    private sealed class MailPeer : IAsyncDisposable
    {
        private HttpPeer _peer = null!;

        public int Status { get; set; } = 200;
        public Uri Url => _peer.Url;
        public int Count => _peer.Received.Count;

        public static async Task<MailPeer> StartAsync()
        {
            var peer = new MailPeer();
            peer._peer = await HttpPeer.StartAsync(context =>
            {
                context.Response.StatusCode = peer.Status;
                return Task.CompletedTask;
            });
            return peer;
        }

        public ValueTask DisposeAsync() => _peer.DisposeAsync();
    }
}
