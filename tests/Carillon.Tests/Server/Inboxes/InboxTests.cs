using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Inboxes;

public sealed class InboxTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_notification_has_the_shape_that_components_know(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.Api.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "sub-a", firstName = "A", lastName = "B", avatar = "http://x.example/a.png" });
        await app.SendAsync(await app.CreateWorkflowAsync("Ask", InboxRequests.Buttons("Hello {{name}} from {{subscriber.firstName}}")), "sub-a", "I0");
        var inbox = await app.InboxOfAsync("sub-a");

        var page = await (await inbox.GetAsync("/v1/inbox/notifications?read=false")).JsonAsync();

        Shape.AssertSame(
            """
            {"data":[{"id":"6b0419a984bdffcfdc32a435","body":"Hello I0 from A",
              "to":{"id":"6b0418f5039109a7bd9f2a3e","firstName":"A","lastName":"B","avatar":"http://x.example/a.png","subscriberId":"sub-a"},
              "isRead":false,"isArchived":false,"createdAt":"2026-11-23T10:47:05.730Z",
              "primaryAction":{"label":"Accept","isCompleted":false},
              "secondaryAction":{"label":"Deny","isCompleted":false,"redirect":{"url":"/no"}},
              "channelType":"in_app","tags":["tagA","tagB"],"redirect":{"url":"/go/I0"}}],
             "hasMore":false,"filter":{"read":false}}
            """,
            page);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Pages_follow_one_another_by_cursor_and_by_offset(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", "1", "2", "3", "4", "5");
        var inbox = await app.InboxOfAsync("ann");

        var first = await (await inbox.GetAsync("/v1/inbox/notifications?limit=2")).JsonAsync();
        var last = first.GetProperty("data")[1].GetProperty("id").GetString();

        Assert.True(first.GetProperty("hasMore").GetBoolean());
        Assert.Equal(["Hello 3", "Hello 2"], await inbox.BodiesAsync($"?limit=2&after={last}"));
        Assert.Equal(["Hello 3", "Hello 2"], await inbox.BodiesAsync("?limit=2&offset=2"));
        Assert.Equal(["Hello 3", "Hello 2"], await inbox.BodiesAsync($"?limit=2&offset=4&after={last}"));
        await inbox.DeleteAsync($"/v1/widgets/messages/{last}");
        Assert.Equal(["Hello 3", "Hello 2", "Hello 1"], await inbox.BodiesAsync($"?after={last}"));
    }

    [Theory]
    [InlineData("?limit=101", "limit must not be greater than 100")]
    [InlineData("?limit=0", "limit must not be less than 1")]
    [InlineData("?offset=-1", "offset must not be less than 0")]
    [InlineData("?after=zz", "The after cursor must be a valid MongoDB ObjectId")]
    [InlineData("?after=000000000000000000000000", "after must be the id of one of the notifications")]
    [InlineData("?tags=tagA", "tags must be an array")]
    [InlineData("?read=false&archived=true", "Filtering for unread and archived notifications is not supported.")]
    [InlineData("/count", "filters should not be null or undefined", "filters must contain no more than 30 elements", "filters must be an array")]
    [InlineData("/count?filters=zz", "Invalid filters, the JSON object should be provided.")]
    [InlineData("/count?filters={}", "filters must contain no more than 30 elements", "filters must be an array")]
    [InlineData("/count?filters=[{\"read\":\"x\"}]", "filters.0.read must be a boolean value")]
    [InlineData("/count?filters=[{\"read\":false,\"archived\":true}]", "Filtering for unread and archived notifications is not supported.")]
    [InlineData("/zz/nothing", "Cannot GET /v1/inbox/notifications/zz/nothing")]
    public async Task What_cannot_be_asked_is_refused(string query, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();
        var inbox = await app.InboxOfAsync("ann");

        Assert.Equal(complaints, await (await inbox.GetAsync($"/v1/inbox/notifications{query}")).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Tabs_show_and_count_what_has_one_of_their_tags(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var tagged = await app.CreateWorkflowAsync("Tagged");
        await app.SendAsync(tagged, "ann", "old");
        tagged = await app.UpdateWorkflowAsync(tagged, new { tags = new[] { "sale" } });
        await app.SendAsync(tagged, "ann", "new");
        var inbox = await app.InboxOfAsync("ann");

        Assert.Equal(["Hello new"], await inbox.BodiesAsync("?tags[]=sale"));
        Assert.Equal(["Hello old"], await inbox.BodiesAsync("?tags[]=tagA&tags[]=zz"));
        Assert.Equal(["Hello new", "Hello old"], await inbox.BodiesAsync("?tags=tagA&tags=sale"));
        Assert.Empty(await inbox.BodiesAsync("?tags[]=zz"));
        Assert.Equal(
            "2 1 1 0 2",
            await inbox.CountsAsync("""[{},{"tags":["sale"]},{"tags":["tagB"],"read":false},{"read":true},{"archived":false}]"""));
        Assert.Equal(
            """{"data":[{"count":1,"filter":{"tags":["sale"],"read":false}}]}""",
            await inbox.GetStringAsync("""/v1/inbox/notifications/count?filters=[{"tags":["sale"],"read":false}]"""));

        await inbox.PostAsJsonAsync("/v1/inbox/notifications/read", new { tags = new[] { "sale" } });
        Assert.Equal("1 1", await inbox.CountsAsync("""[{"read":true},{"read":false}]"""));
        await inbox.PostAsJsonAsync("/v1/inbox/notifications/read-archive", new { });
        Assert.Equal(["Hello new"], await inbox.BodiesAsync("?archived=true"));
        await inbox.PostAsJsonAsync("/v1/inbox/notifications/archive", new { });
        Assert.Equal("2 2 0", await inbox.CountsAsync("""[{"read":true},{"archived":true},{"archived":false}]"""));
        Assert.Equal(["tags must be an array"], await (await inbox.PostAsJsonAsync("/v1/inbox/notifications/read", new { tags = "zz" })).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Each_mark_says_what_it_means(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", "1");
        var inbox = await app.InboxOfAsync("ann");
        var id = (await inbox.NotificationsAsync())[0].GetProperty("id").GetString();

        foreach (var (verb, isRead, isArchived) in new[]
        {
            ("read", true, false), ("unread", false, false), ("archive", true, true), ("unarchive", true, false), ("archive", true, true), ("unread", false, false),
        })
        {
            var marked = await (await inbox.PatchAsJsonAsync($"/v1/inbox/notifications/{id}/{verb}", new { })).DataAsync();

            Assert.Equal((verb, isRead, isArchived), (verb, marked.GetProperty("isRead").GetBoolean(), marked.GetProperty("isArchived").GetBoolean()));
            Assert.Equal("""{"id":"","subscriberId":""}""", marked.GetProperty("to").GetRawText());
            Assert.Equal(isRead ? JsonValueKind.String : JsonValueKind.Null, marked.GetProperty("readAt").ValueKind);
            if (verb != "read") Assert.Equal(isArchived ? JsonValueKind.String : JsonValueKind.Null, marked.GetProperty("archivedAt").ValueKind);
            Assert.Equal(isRead ? 0 : 1, await inbox.CountAsync("unread"));
            Assert.Equal(0, await inbox.CountAsync("unseen"));
        }

        Assert.Equal(["notificationId must be a mongodb id"], await (await inbox.PatchAsJsonAsync("/v1/inbox/notifications/zz/read", new { })).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Buttons_are_completed_and_reverted(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SendAsync(await app.CreateWorkflowAsync("Ask", InboxRequests.Buttons()), "ann", "1");
        await app.SendAsync(await app.CreateWorkflowAsync("Greet"), "ann", "plain");
        var inbox = await app.InboxOfAsync("ann");
        var notifications = await inbox.NotificationsAsync();
        var (plain, asking) = (notifications[0].GetProperty("id").GetString(), notifications[1].GetProperty("id").GetString());

        foreach (var (verb, button, primary, secondary) in new[]
        {
            ("complete", "primary", true, false), ("complete", "primary", true, false), ("complete", "secondary", false, true),
            ("revert", "primary", false, false), ("revert", "secondary", false, false),
        })
        {
            var used = await (await inbox.PatchAsJsonAsync($"/v1/inbox/notifications/{asking}/{verb}", new { actionType = button })).DataAsync();

            Assert.Equal(
                (verb, button, primary, secondary),
                (verb, button, used.GetProperty("primaryAction").GetProperty("isCompleted").GetBoolean(), used.GetProperty("secondaryAction").GetProperty("isCompleted").GetBoolean()));
            Assert.True(used.GetProperty("isRead").GetBoolean());
        }

        Assert.Equal(
            ["Could not perform action on the primary button because it does not exist."],
            await (await inbox.PatchAsJsonAsync($"/v1/inbox/notifications/{plain}/complete", new { actionType = "primary" })).MessagesAsync());
        Assert.Equal(
            ["actionType should not be null or undefined", "actionType must be one of the following values: primary, secondary"],
            await (await inbox.PatchAsJsonAsync($"/v1/inbox/notifications/{asking}/complete", new { })).MessagesAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await inbox.PatchAsJsonAsync($"/v1/inbox/notifications/{new string('0', 24)}/revert", new { actionType = "primary" })).StatusCode);
    }
}
