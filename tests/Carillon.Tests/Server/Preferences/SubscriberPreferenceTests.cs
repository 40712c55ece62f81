using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Preferences;

public sealed class SubscriberPreferenceTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_channel_is_switched_for_one_workflow_and_shown_with_whose_word_it_is(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Greet");
        await app.CreateWorkflowAsync("Other");

        AssertPreference("""{"enabled":true,"channels":{"in_app":true},"overrides":[{"channel":"in_app","source":"template"}]}""",
            (await app.PreferencesAsync("ann"))[0]);
        var off = await (await app.PreferAsync("ann", workflow, new { channel = new { type = "in_app", enabled = false } })).DataAsync();
        AssertPreference("""{"enabled":true,"channels":{"in_app":false},"overrides":[{"channel":"in_app","source":"subscriber"}]}""", off);

        var list = await app.PreferencesAsync("ann", "/template");
        Assert.Equal(2, list.GetArrayLength());
        Assert.True(JsonElement.DeepEquals(off, list[0]));
        Assert.Equal("SUBSCRIBER_WORKFLOW", off.GetProperty("type").GetString());
        var shown = off.GetProperty("template");
        Assert.Equal(["_id", "name", "tags", "critical", "triggers"], shown.EnumerateObject().Select(member => member.Name));
        Assert.Equal(workflow.Id(), shown.GetProperty("_id").GetString());
    }

    [Fact]
    public async Task What_is_not_said_stays_as_it_was()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Greet");

        await app.PreferAsync("ann", workflow, new { channel = new { type = "in_app", enabled = false } });
        var off = await (await app.PreferAsync("ann", workflow, new { enabled = false })).DataAsync();
        AssertPreference("""{"enabled":false,"channels":{"in_app":false},"overrides":[{"channel":"in_app","source":"subscriber"}]}""", off);
        var on = await (await app.PreferAsync("ann", workflow, new { enabled = true, channel = new { type = "email", enabled = false } })).DataAsync();
        AssertPreference("""{"enabled":true,"channels":{"in_app":false},"overrides":[{"channel":"in_app","source":"subscriber"}]}""", on);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task What_holds_for_all_workflows_is_kept_and_shown(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SubscribeAsync("ann");

        var changed = await (await app.PreferEverywhereAsync("ann", new { preferences = new[] { new { type = "email", enabled = false } } })).DataAsync();
        var off = await (await app.PreferEverywhereAsync("ann", new { enabled = false })).DataAsync();
        var same = await (await app.PreferEverywhereAsync("ann", new { })).DataAsync();

        AssertPreference("""{"enabled":true,"channels":{"email":false,"sms":true,"in_app":true,"chat":true,"push":true}}""", changed);
        AssertPreference("""{"enabled":false,"channels":{"email":false,"sms":true,"in_app":true,"chat":true,"push":true}}""", off);
        Assert.True(JsonElement.DeepEquals(off, same));
        Assert.True(JsonElement.DeepEquals(off, (await app.PreferencesAsync("ann", "/global"))[0]));
    }

    [Theory]
    [InlineData("""{"channel":{"type":"zzz","enabled":false}}""", 400, "channel.type must be one of the following values: in_app, email, sms, chat, push")]
    [InlineData("""{"channel":{"type":"in_app","enabled":"x"}}""", 400, "channel.enabled must be a boolean value")]
    [InlineData("""{"enabled":5}""", 400, "enabled must be a boolean value")]
    [InlineData("{}", 400, "In order to make an update you need to provider channel or enabled")]
    public async Task A_wrong_word_about_a_workflow_is_refused(string body, int status, string complaint)
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Greet");

        await AssertRefusedAsync(status, complaint, await PatchAsync(app, $"/v1/subscribers/ann/preferences/{workflow.Id()}", body));
    }

    [Theory]
    [InlineData("""{"preferences":[{"type":"zz","enabled":true}]}""", "preferences.0.type must be one of the following values: in_app, email, sms, chat, push")]
    [InlineData("""{"preferences":"x"}""", "nested property preferences must be either object or array")]
    public async Task A_wrong_word_about_all_workflows_is_refused(string body, string complaint)
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");

        await AssertRefusedAsync(400, complaint, await PatchAsync(app, "/v1/subscribers/ann/preferences", body));
    }

    [Fact]
    public async Task Who_or_what_is_not_there_is_named()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Greet");
        var off = new { enabled = false };
        const string Nothing = "000000000000000000000000";

        await AssertRefusedAsync(400, "Subscriber nope not found", await app.Api.GetAsync("/v1/subscribers/nope/preferences"));
        await AssertRefusedAsync(400, "Subscriber nope not found", await app.Api.GetAsync("/v1/subscribers/nope/preferences/global"));
        await AssertRefusedAsync(
            400, "parameter must be one of the following values: global, template", await app.Api.GetAsync("/v1/subscribers/ann/preferences/bogus"));
        await AssertRefusedAsync(404, "Subscriber not found", await app.PreferAsync("nope", workflow, off));
        await AssertRefusedAsync(404, "Subscriber not found", await app.PreferEverywhereAsync("nope", off));
        await AssertRefusedAsync(
            404, $"Template with id {Nothing} is not found", await app.Api.PatchAsJsonAsync($"/v1/subscribers/ann/preferences/{Nothing}", off));
        await AssertRefusedAsync(
            400, "templateId must be a mongodb id", await app.Api.PatchAsJsonAsync("/v1/subscribers/ann/preferences/base-inapp", off));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Many_who_change_their_mind_at_once_are_all_answered_and_undo_nothing_of_each_other(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Greet");
        string[] channels = ["email", "sms", "in_app", "chat", "push"];

        var answers = await Task.WhenAll(channels.SelectMany(type => new[]
        {
            app.PreferAsync("ann", workflow, new { channel = new { type, enabled = false } }),
            app.PreferEverywhereAsync("ann", new { preferences = new[] { new { type, enabled = false } } }),
        }));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        AssertPreference("""{"enabled":true,"channels":{"email":false,"sms":false,"in_app":false,"chat":false,"push":false}}""",
            (await app.PreferencesAsync("ann", "/global"))[0]);
        await using var db = app.OpenDb();
        Assert.All(db.SubscriberPreferences, row => Assert.All(channels, channel => Assert.False(row.Of(channel))));
        Assert.Equal(2, db.SubscriberPreferences.Count());
    }

    [Fact]
    public async Task Nobody_changes_what_somebody_of_another_environment_wants()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Greet");
        var stranger = app.WithKey(app.ProductionKey);
        await stranger.PostAsJsonAsync("/v1/subscribers", new { subscriberId = "ann" });

        var foreign = await stranger.PatchAsJsonAsync($"/v1/subscribers/ann/preferences/{workflow.Id()}", new { enabled = false });

        await AssertRefusedAsync(404, $"Template with id {workflow.Id()} is not found", foreign);
        Assert.True((await app.PreferencesAsync("ann"))[0].GetProperty("preference").GetProperty("enabled").GetBoolean());
    }

    private static Task<HttpResponseMessage> PatchAsync(CarillonApp app, string path, string body) =>
        app.Api.PatchAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

    private static void AssertPreference(string expected, JsonElement shown) =>
        Assert.Equal(expected, shown.GetProperty("preference").GetRawText());

    private static async Task AssertRefusedAsync(int status, string complaint, HttpResponseMessage answer)
    {
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal([complaint], await answer.MessagesAsync());
    }
}
