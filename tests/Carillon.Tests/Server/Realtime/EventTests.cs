using System.Net.Http.Json;
using Carillon.Data.Hints;
using Carillon.Tests.Server.Inboxes;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Realtime;

public sealed class EventTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_message_is_told_before_what_it_adds_up_to(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ws-sub", firstName = "Ws" });
        var workflow = await app.CreateWorkflowAsync("Base InApp", InboxRequests.Buttons("Hello {{name}} from {{subscriber.firstName}}"));
        await using var socket = await InboxSocket.ListenAsync(app, await app.SubscriberTokenAsync("ws-sub"));

        await app.SendAsync(workflow, "ws-sub", "WS1");

        var (name, content) = await socket.EventAsync();
        Assert.Equal("notification_received", name);
        Assert.Equal("unseen 1", await socket.HeardAsync());
        Assert.Equal("unread 1", await socket.HeardAsync());
        Shape.AssertSame(
            """
            {"message":{"cta":{"action":{"status":"pending","buttons":[{"type":"primary","content":"Accept","_id":"6b0419e284bdffcfdc32a8db","id":"6b0419e284bdffcfdc32a8db"},{"type":"secondary","content":"Deny","url":"/no","_id":"6b0419e284bdffcfdc32a8dc","id":"6b0419e284bdffcfdc32a8dc"}]},
              "type":"redirect","data":{"url":"/go/WS1"}},"_id":"6b0419e284bdffcfdc32a8da","_templateId":"6b0418f5039109a7bd9f2a5b",
              "_environmentId":"6b0418f5039109a7bd9f29ed","_messageTemplateId":"6b0418f5039109a7bd9f2a52","_notificationId":"6b0419e284bdffcfdc32a8b7",
              "_organizationId":"6b0418f5039109a7bd9f29e7","_subscriberId":"6b0419dd039109a7bd9f6891","_jobId":"6b0419e284bdffcfdc32a8ba",
              "templateIdentifier":"base-inapp","_feedId":null,"channel":"in_app","content":"Hello WS1 from Ws","providerId":"novu","deviceTokens":[],
              "seen":false,"read":false,"archived":false,"status":"sent","transactionId":"<transaction>","payload":{"name":"WS1"},
              "expireAt":"2027-11-23T10:48:02.542Z","tags":["tagA","tagB"],"deleted":false,"createdAt":"2026-11-23T10:48:02.543Z",
              "updatedAt":"2026-11-23T10:48:02.543Z","__v":0,"id":"6b0419e284bdffcfdc32a8da"}}
            """.Replace("<transaction>", content.GetProperty("message").GetProperty("transactionId").GetString(), StringComparison.Ordinal),
            content);
    }

    [Fact]
    public async Task A_message_that_is_heard_of_again_is_not_told_again_and_nor_are_its_counts()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Ask", InboxRequests.Buttons());
        var inbox = await app.InboxOfAsync("ann");
        await using var socket = await InboxSocket.ListenAsync(app, await app.SubscriberTokenAsync("ann"));
        await app.SendAsync(workflow, "ann", "1");
        string[] heard = [await socket.HeardAsync(), await socket.HeardAsync(), await socket.HeardAsync()];
        Assert.Equal(["unseen 1", "unread 1"], heard[1..]);
        await using var db = app.OpenDb();
        var message = db.Messages.Single();

        app.Get<IHints>().TellInboxChanged(new(message.SubscriberId, InboxCounts.Both, message.Id));
        (await inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = message.Id, markAs = "read" })).EnsureSuccessStatusCode();

        Assert.Equal("unread 0", await socket.HeardAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Marks_and_removals_tell_the_counts_that_they_change(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SendAsync(await app.CreateWorkflowAsync("Ask", InboxRequests.Buttons()), "ann", "1", "2", "3");
        var inbox = await app.InboxOfAsync("ann");
        var ids = (await inbox.FeedAsync()).Select(message => message.Id()).ToArray();
        await using var socket = await InboxSocket.ListenAsync(app, await app.SubscriberTokenAsync("ann"));

        async Task Expect(Task<HttpResponseMessage> change, params string[] heard)
        {
            (await change).EnsureSuccessStatusCode();
            foreach (var one in heard) Assert.Equal(one, await socket.HeardAsync());
        }

        await Expect(inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = ids[0], markAs = "seen" }), "unseen 2");
        await Expect(inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = ids[0], markAs = "read" }), "unread 2");
        await Expect(inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = ids[0], markAs = "unread" }), "unread 3");
        await Expect(inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = ids[0], markAs = "unseen" }), "unseen 3");
        await Expect(app.Api.PostAsJsonAsync("/v1/subscribers/ann/messages/mark-as", new { messageId = ids[1], markAs = "read" }), "unread 2");
        await Expect(
            app.Api.PostAsJsonAsync("/v1/subscribers/ann/messages/markAs", new { messageId = ids[1], mark = new { seen = false, read = false } }),
            "unseen 3", "unread 3");
        await Expect(app.Api.PostAsJsonAsync("/v1/subscribers/ann/messages/mark-all", new { markAs = "read" }), "unread 0");
        await Expect(app.Api.PostAsJsonAsync("/v1/subscribers/ann/messages/mark-all", new { markAs = "unread" }), "unread 3");
        await Expect(inbox.PostAsJsonAsync("/v1/widgets/messages/seen", new { }), "unseen 0");
        await Expect(inbox.PatchAsJsonAsync($"/v1/inbox/notifications/{ids[0]}/read", new { }), "unread 2");
        await Expect(inbox.PatchAsJsonAsync($"/v1/inbox/notifications/{ids[0]}/unread", new { }), "unread 3");
        await Expect(inbox.PatchAsJsonAsync($"/v1/inbox/notifications/{ids[0]}/archive", new { }), "unread 2");
        await Expect(inbox.PatchAsJsonAsync($"/v1/inbox/notifications/{ids[0]}/unarchive", new { }), "unread 2");
        await Expect(inbox.PatchAsJsonAsync($"/v1/inbox/notifications/{ids[1]}/complete", new { actionType = "primary" }), "unread 1");
        await Expect(inbox.DeleteAsync($"/v1/widgets/messages/{ids[2]}"), "unread 0");
        await Expect(inbox.PostAsJsonAsync("/v1/widgets/messages/bulk/delete", new { messageIds = new[] { ids[1] } }), "unseen 0", "unread 0");
        await Expect(inbox.PostAsJsonAsync("/v1/inbox/notifications/read", new { }), "unread 0");
        await Expect(inbox.DeleteAsync("/v1/widgets/messages"), "unseen 0", "unread 0");
    }

    [Fact]
    public async Task Counts_say_when_there_are_more_than_a_hundred()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Greet");
        foreach (var some in Enumerable.Range(0, 101).Chunk(100))
        {
            await app.Api.PostAsJsonAsync("/v1/events/trigger/bulk", new
            {
                events = some.Select(i => new { name = workflow.Identifier(), to = "ann", payload = new { name = $"{i}" } }),
            });
        }

        await app.SettledAsync();
        var inbox = await app.InboxOfAsync("ann");
        await using var socket = await InboxSocket.ListenAsync(app, await app.SubscriberTokenAsync("ann"));

        await inbox.PostAsJsonAsync("/v1/inbox/notifications/read", new { tags = new[] { "none" } });
        Assert.Equal("unread 100+", await socket.HeardAsync());
        await inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = (await inbox.FeedAsync())[0].Id(), markAs = "read" });
        Assert.Equal("unread 100", await socket.HeardAsync());
    }

    [Fact]
    public async Task A_burst_of_messages_is_told_one_by_one_and_counted_at_last()
    {
        const int Many = 60;
        await using var app = await CarillonApp.StartAsync(settings: ("Carillon:Realtime:QueuedPackets", "1000"));
        var workflow = await app.CreateWorkflowAsync("Greet");
        await using var socket = await InboxSocket.ListenAsync(app, await app.SubscriberTokenAsync("ann"));

        await app.Api.PostAsJsonAsync("/v1/events/trigger/bulk", new
        {
            events = Enumerable.Range(0, Many).Select(i => new { name = workflow.Identifier(), to = "ann", payload = new { name = $"{i}" } }),
        });

        var heard = new List<string>();
        while (heard.Count(IsMessage) < Many || heard[^1] != $"unread {Many}")
            heard.Add(await socket.HeardAsync());
        Assert.Equal(
            Enumerable.Range(0, Many).Select(i => $"received Hello {i}").Order(),
            heard.Where(IsMessage).Order());
        Assert.Contains($"unseen {Many}", heard);

        static bool IsMessage(string one) => one.StartsWith("received", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_hears_only_of_their_own_inbox_in_each_of_their_tabs()
    {
        await using var app = await CarillonApp.StartAsync();
        var workflow = await app.CreateWorkflowAsync("Greet");
        var token = await app.SubscriberTokenAsync("ann");
        await using var first = await InboxSocket.ListenAsync(app, token);
        await using var second = await InboxSocket.ListenAsync(app, token);
        await using var other = await InboxSocket.ListenAsync(app, await app.SubscriberTokenAsync("eve"));

        await app.SendAsync(workflow, "ann", "hers");
        await app.SendAsync(workflow, "eve", "other");

        Assert.Equal("received Hello hers", await first.HeardAsync());
        Assert.Equal("received Hello hers", await second.HeardAsync());
        Assert.Equal("received Hello other", await other.HeardAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_nobody_told_of_is_looked_for_and_told_once(Store store)
    {
        var deaf = new DeafHints();
        await using var app = await CarillonApp.StartAsync(store, services: services => services.AddSingletonHints(deaf));
        var workflow = await app.CreateWorkflowAsync("Greet");
        await app.SendAsync(workflow, "ann", "before");
        await using var socket = await InboxSocket.ListenAsync(app, await app.SubscriberTokenAsync("ann"));
        var since = DateTimeOffset.UtcNow;
        await app.SendAsync(workflow, "ann", "lost", "lost too");

        deaf.TellMissed(since);

        Assert.Equal("received Hello lost", await socket.HeardAsync());
        Assert.Equal("received Hello lost too", await socket.HeardAsync());
        Assert.Equal("unseen 3", await socket.HeardAsync());
        Assert.Equal("unread 3", await socket.HeardAsync());
        deaf.TellMissed(since);
        Assert.Equal("unseen 3", await socket.HeardAsync());
    }
}
