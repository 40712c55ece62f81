using System.Net.Http.Json;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Inboxes;

public sealed class InboxPreferenceTests
{
    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task What_is_switched_off_in_an_inbox_does_not_come_any_more(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var workflow = await app.CreateWorkflowAsync("Greet");
        var inbox = await app.InboxOfAsync("ann");

        var off = await (await inbox.PatchAsJsonAsync($"/v1/inbox/preferences/{workflow.Id()}", new { in_app = false, sms = true })).DataAsync();
        await app.SendAsync(workflow, "ann", "unwanted");
        var on = await (await inbox.PatchAsJsonAsync($"/v1/widgets/preferences/{workflow.Id()}", new { channel = new { type = "in_app", enabled = true } })).DataAsync();
        await app.SendAsync(workflow, "ann", "wanted");

        Shape.AssertSame(
            """
            {"level":"template","enabled":true,"channels":{"in_app":false},
             "workflow":{"id":"6b0418f5039109a7bd9f2a5b","identifier":"greet","name":"Greet","critical":false,"tags":["tagA","tagB"]}}
            """, off);
        Assert.True(on.GetProperty("preference").GetProperty("channels").GetProperty("in_app").GetBoolean());
        Assert.Equal(["Hello wanted"], await inbox.BodiesAsync());
    }

    [Fact]
    public async Task Preferences_are_shown_as_each_component_knows_them()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.CreateWorkflowAsync("Greet");
        var inbox = await app.InboxOfAsync("ann");
        await inbox.PatchAsJsonAsync("/v1/inbox/preferences", new { email = false });

        Shape.AssertSame(
            """
            {"data":[{"level":"global","enabled":true,"channels":{"email":false,"sms":true,"in_app":true,"chat":true,"push":true}},
              {"enabled":true,"channels":{"in_app":true},"overrides":[{"channel":"in_app","source":"template"}],"level":"template",
               "workflow":{"id":"6b0418ff039109a7bd9f3242","identifier":"greet","name":"Greet","critical":false,"tags":["tagA","tagB"]}}]}
            """, await (await inbox.GetAsync("/v1/inbox/preferences?tags[]=tagA")).JsonAsync());
        Assert.Single((await (await inbox.GetAsync("/v1/inbox/preferences?tags[]=zz")).DataAsync()).EnumerateArray());
        var ofApi = await app.Api.GetStringAsync("/v1/subscribers/ann/preferences");
        Assert.Equal(ofApi, await inbox.GetStringAsync("/v1/widgets/preferences"));
        Assert.Equal(ofApi, await inbox.GetStringAsync("/v1/widgets/preferences/template"));
        Assert.Equal(await app.Api.GetStringAsync("/v1/subscribers/ann/preferences/global"), await inbox.GetStringAsync("/v1/widgets/preferences/global"));
    }

    [Fact]
    public async Task Preferences_that_cannot_be_changed_are_refused()
    {
        await using var app = await CarillonApp.StartAsync();
        var critical = await app.UpdateWorkflowAsync(await app.CreateWorkflowAsync("Alarm"), new { critical = true });
        var (inbox, unknown) = (await app.InboxOfAsync("ann"), new string('0', 24));

        foreach (var (path, body, complaint) in new (string, object, string)[]
        {
            ($"inbox/preferences/{critical.Id()}", new { in_app = false }, $"Critical workflow with id: {critical.Id()} can not be updated"),
            ($"inbox/preferences/{unknown}", new { in_app = false }, $"Workflow with id: {unknown} is not found"),
            ("inbox/preferences/zz", new { in_app = false }, "workflowId must be a mongodb id"),
            ("inbox/preferences", new { email = "x" }, "email must be a boolean value"),
            ($"widgets/preferences/{unknown}", new { enabled = true }, $"Template with id {unknown} is not found"),
            ($"widgets/preferences/{critical.Id()}", new { }, "In order to make an update you need to provider channel or enabled"),
        })
        {
            Assert.Equal((path, complaint), (path, (await (await inbox.PatchAsJsonAsync($"/v1/{path}", body)).MessagesAsync())[0]));
        }

        Assert.Equal(
            ["level must be one of the following values: global, template"],
            await (await inbox.GetAsync("/v1/widgets/preferences/zz")).MessagesAsync());
        Assert.Single((await (await inbox.GetAsync("/v1/inbox/preferences")).DataAsync()).EnumerateArray());
    }
}
