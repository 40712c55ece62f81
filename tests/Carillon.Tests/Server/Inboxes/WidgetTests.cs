using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Inboxes;

public sealed class WidgetTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_feed_shows_ones_own_messages_newest_first(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Greet", InboxRequests.Buttons());
        await app.SendAsync(workflow, "ann", "one", "two", "three");
        await app.SendAsync(workflow, "eve", "other");
        var inbox = await app.InboxOfAsync("ann");

        var page = await (await inbox.GetAsync("/v1/widgets/notifications/feed?limit=2")).JsonAsync();

        Assert.Equal(["Hello three", "Hello two"], page.GetProperty("data").EnumerateArray().Select(message => message.GetProperty("content").GetString()));
        Assert.True(page.GetProperty("hasMore").GetBoolean());
        Assert.Equal((2, 2, 0), (page.GetProperty("totalCount").GetInt32(), page.GetProperty("pageSize").GetInt32(), page.GetProperty("page").GetInt32()));
        var second = await inbox.FeedAsync("?limit=2&page=1");
        Assert.Equal(["Hello one"], second.Select(message => message.GetProperty("content").GetString()));
        var payload = Convert.ToBase64String("""{"name":"two"}"""u8);
        Assert.Equal(["Hello two"], (await inbox.FeedAsync($"?payload={payload}")).Select(message => message.GetProperty("content").GetString()));
        Assert.Equal(
            ["Invalid payload, the JSON object should be encoded to base64 string."],
            await (await inbox.GetAsync("/v1/widgets/notifications/feed?payload=zz")).MessagesAsync());
        Assert.Equal(["limit must not be greater than 100"], await (await inbox.GetAsync("/v1/widgets/notifications/feed?limit=101")).MessagesAsync());
        Assert.Empty(await inbox.FeedAsync("?feedIdentifier=nothing"));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Counts_stop_at_their_limit(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", "1", "2", "3", "4", "5");
        var inbox = await app.InboxOfAsync("ann");
        var newest = (await inbox.FeedAsync())[0].Id();
        await inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = newest, markAs = "read" });
        await inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = (await inbox.FeedAsync())[1].Id(), markAs = "seen" });

        (string Path, int Count)[] expected =
        [
            ("unseen", 3), ("unseen?seen=true", 2), ("unseen?seen=nonsense", 3), ("unseen?limit=2", 2), ("unseen?limit=abc", 3),
            ("unread", 4), ("unread?read=true", 1), ("unread?limit=1", 1),
            ("count", 3), ("count?seen=false", 3), ("count?read=false", 4), ("count?seen=true&read=false", 1), ("count?seen=true", 2),
            ("count?feedIdentifier=zz", 0),
        ];
        foreach (var (path, count) in expected)
            Assert.Equal((path, count), (path, await inbox.CountAsync(path)));
        foreach (var path in new[] { "unseen", "unread", "count" })
        {
            Assert.Equal(["limit must not be less than 1"], await (await inbox.GetAsync($"/v1/widgets/notifications/{path}?limit=0")).MessagesAsync());
            Assert.Equal(["limit must not be greater than 100"], await (await inbox.GetAsync($"/v1/widgets/notifications/{path}?limit=101")).MessagesAsync());
        }

        Assert.Equal(["seen must be a boolean value"], await (await inbox.GetAsync("/v1/widgets/notifications/count?seen=zz")).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Messages_are_marked_by_flags_by_words_and_all_at_once(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", "1", "2", "3");
        var inbox = await app.InboxOfAsync("ann");
        var ids = (await inbox.FeedAsync()).Select(message => message.Id()).ToArray();

        var flagged = (await (await inbox.PostAsJsonAsync("/v1/widgets/messages/markAs", new { messageId = ids[0], mark = new { seen = true } })).DataAsync())[0];
        Assert.Equal((true, false), (flagged.GetProperty("seen").GetBoolean(), flagged.GetProperty("read").GetBoolean()));
        var read = (await (await inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = new[] { ids[1] }, markAs = "read" })).DataAsync())[0];
        Assert.Equal((true, true), (read.GetProperty("seen").GetBoolean(), read.GetProperty("read").GetBoolean()));
        Assert.True(read.TryGetProperty("lastReadDate", out _) && read.TryGetProperty("lastSeenDate", out _));
        Assert.Equal((1, 2), (await inbox.CountAsync("unseen"), await inbox.CountAsync("unread")));

        Assert.Equal(0, (await (await inbox.PostAsJsonAsync("/v1/widgets/messages/read", new { feedId = "zz" })).DataAsync()).GetInt32());
        Assert.Equal(1, (await (await inbox.PostAsJsonAsync("/v1/widgets/messages/seen", new { })).DataAsync()).GetInt32());
        Assert.Equal(2, (await (await inbox.PostAsJsonAsync("/v1/widgets/messages/read", new { })).DataAsync()).GetInt32());
        Assert.Equal((0, 0), (await inbox.CountAsync("unseen"), await inbox.CountAsync("unread")));

        Assert.Equal(["messageId is required"], await (await inbox.PostAsJsonAsync("/v1/widgets/messages/markAs", new { })).MessagesAsync());
        Assert.Equal(["messageId is required"], await (await inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { markAs = "read" })).MessagesAsync());
        Assert.Equal(
            ["markAs must be one of the following values: read, seen, unread, unseen"],
            await (await inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = ids[0], markAs = "zz" })).MessagesAsync());
        Assert.Empty((await (await inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = new string('0', 24), markAs = "read" })).DataAsync()).EnumerateArray());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Counts_are_exact_when_many_mark_at_once(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", [.. Enumerable.Range(0, 12).Select(i => $"{i}")]);
        var inbox = await app.InboxOfAsync("ann");
        var ids = (await inbox.FeedAsync("?limit=100")).Select(message => message.Id()).ToArray();

        await Task.WhenAll(ids.Take(9).SelectMany(id => new[] { "read", "seen", "read" }.Select(markAs =>
            inbox.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = id, markAs }))));

        Assert.Equal((3, 3), (await inbox.CountAsync("unseen"), await inbox.CountAsync("unread")));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Messages_are_removed_one_some_and_all(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", "1", "2", "3", "4");
        var inbox = await app.InboxOfAsync("ann");
        var ids = (await inbox.FeedAsync()).Select(message => message.Id()).ToArray();

        var removed = await (await inbox.DeleteAsync($"/v1/widgets/messages/{ids[0]}")).DataAsync();
        Assert.True(removed.GetProperty("deleted").GetBoolean());
        Assert.Equal([$"Could not find a message with id {ids[0]}"], await (await inbox.DeleteAsync($"/v1/widgets/messages/{ids[0]}")).MessagesAsync());
        Assert.Equal(["messageId must be a mongodb id"], await (await inbox.DeleteAsync("/v1/widgets/messages/zz")).MessagesAsync());
        Assert.Equal((3, 3), (await inbox.CountAsync("unseen"), await inbox.CountAsync("unread")));

        var some = await inbox.PostAsJsonAsync("/v1/widgets/messages/bulk/delete", new { messageIds = new[] { ids[1] } });
        Assert.Equal((HttpStatusCode.OK, "{}"), (some.StatusCode, await some.Content.ReadAsStringAsync()));
        Assert.Equal(2, (await inbox.FeedAsync()).Length);
        Assert.Equal(
            ["messageIds must contain no more than 100 elements", "each value in messageIds must be a mongodb id", "messageIds should not be empty", "messageIds must be an array"],
            await (await inbox.PostAsJsonAsync("/v1/widgets/messages/bulk/delete", new { })).MessagesAsync());

        Assert.Equal(["FeedId must be a valid MongoDB ObjectId"], await (await inbox.DeleteAsync("/v1/widgets/messages?feedId=zz")).MessagesAsync());
        Assert.Equal([$"Feed with {ids[0]} not found"], await (await inbox.DeleteAsync($"/v1/widgets/messages?feedId={ids[0]}")).MessagesAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await inbox.DeleteAsync("/v1/widgets/messages")).StatusCode);
        Assert.Empty(await inbox.FeedAsync());
        Assert.Equal((0, 0), (await inbox.CountAsync("unseen"), await inbox.CountAsync("unread")));
    }

    [Fact]
    public async Task A_button_notes_how_it_ended()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SendAsync(await app.CreateWorkflowAsync("Ask", InboxRequests.Buttons()), "ann", "one");
        var inbox = await app.InboxOfAsync("ann");
        var id = (await inbox.FeedAsync())[0].Id();

        var done = await (await inbox.PostAsJsonAsync($"/v1/widgets/messages/{id}/actions/primary", new { status = "done", payload = new { a = 1 } })).DataAsync();

        var action = done.GetProperty("cta").GetProperty("action");
        Assert.Equal("done", action.GetProperty("status").GetString());
        Assert.Equal("""{"type":"primary","payload":{"a":1}}""", action.GetProperty("result").GetRawText());
        var unknown = new string('0', 24);
        Assert.Equal(
            [$"Message {unknown} not found"],
            await (await inbox.PostAsJsonAsync($"/v1/widgets/messages/{unknown}/actions/primary", new { status = "done" })).MessagesAsync());
    }

    [Fact]
    public async Task The_component_learns_how_the_organization_looks_and_may_talk_of_its_use()
    {
        await using var app = await CarillonApp.StartAsync();
        var inbox = await app.InboxOfAsync("ann");

        var organization = await (await inbox.GetAsync("/v1/widgets/organization")).DataAsync();
        var logged = await inbox.PostAsJsonAsync("/v1/widgets/usage/log", new { name = "x", payload = new { } });

        Assert.Equal($$"""{"_id":"{{app.OrganizationId}}","name":"Carillon"}""", organization.GetRawText());
        Assert.Equal((HttpStatusCode.Created, """{"data":{"success":true}}"""), (logged.StatusCode, await logged.Content.ReadAsStringAsync()));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Nobody_touches_the_messages_of_somebody_else(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Ask", InboxRequests.Buttons());
        await app.SendAsync(workflow, "ann", "hers");
        var (ann, eve) = (await app.InboxOfAsync("ann"), await app.InboxOfAsync("eve"));
        var id = (await ann.FeedAsync())[0].Id();
        var before = (await ann.FeedAsync())[0].GetRawText();

        await eve.PostAsJsonAsync("/v1/widgets/messages/markAs", new { messageId = id, mark = new { seen = true, read = true } });
        await eve.PostAsJsonAsync("/v1/widgets/messages/mark-as", new { messageId = id, markAs = "read" });
        await eve.PostAsJsonAsync($"/v1/widgets/messages/{id}/actions/primary", new { status = "done" });
        await eve.PostAsJsonAsync("/v1/widgets/messages/read", new { });
        await eve.PostAsJsonAsync("/v1/widgets/messages/seen", new { });
        await eve.DeleteAsync($"/v1/widgets/messages/{id}");
        await eve.PostAsJsonAsync("/v1/widgets/messages/bulk/delete", new { messageIds = new[] { id } });
        await eve.DeleteAsync("/v1/widgets/messages");
        foreach (var verb in new[] { "read", "unread", "archive", "unarchive", "complete", "revert" })
        {
            var answer = await eve.PatchAsJsonAsync($"/v1/inbox/notifications/{id}/{verb}", new { actionType = "primary" });
            Assert.Equal([$"Notification with id: {id} is not found."], await answer.MessagesAsync());
        }

        foreach (var verb in new[] { "read", "archive", "read-archive" })
            await eve.PostAsJsonAsync($"/v1/inbox/notifications/{verb}", new { });
        var after = await eve.GetAsync($"/v1/inbox/notifications?after={id}");

        Assert.Equal(HttpStatusCode.BadRequest, after.StatusCode);
        Assert.Equal(before, (await ann.FeedAsync())[0].GetRawText());
    }

    [Fact]
    public async Task A_repeated_key_of_one_subscriber_tells_another_nothing()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", "1", "2");
        var (ann, eve) = (await app.InboxOfAsync("ann"), await app.InboxOfAsync("eve"));
        ann.DefaultRequestHeaders.Add("Idempotency-Key", "same");
        eve.DefaultRequestHeaders.Add("Idempotency-Key", "same");

        Assert.Equal(2, (await (await ann.PostAsJsonAsync("/v1/widgets/messages/read", new { })).DataAsync()).GetInt32());
        Assert.Equal(2, (await (await ann.PostAsJsonAsync("/v1/widgets/messages/read", new { })).DataAsync()).GetInt32());
        Assert.Equal(0, (await (await eve.PostAsJsonAsync("/v1/widgets/messages/read", new { })).DataAsync()).GetInt32());
    }
}
