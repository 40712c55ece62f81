using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Server.Http.Access;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Preferences;

/// <summary>What the team decides about a workflow, and what is sent because of all that was said.</summary>
public sealed class WorkflowPreferenceTests
{
    private const string Route = "/v1/preferences";
    private const string Filtered = "Step was filtered based on steps filters";

    [Fact]
    public async Task A_decision_is_stored_shown_and_taken_back()
    {
        await using var app = await CarillonApp.StartAsync();
        var (team, workflow) = await TeamAsync(app);

        var saved = await (await DecideAsync(team, workflow, readOnly: true, inApp: false)).DataAsync();
        var shown = await (await team.GetAsync($"{Route}?workflowId={workflow.Id()}")).DataAsync();
        var deleted = await (await team.DeleteAsync($"{Route}?workflowId={workflow.Id()}")).DataAsync();

        Assert.Equal("USER_WORKFLOW", saved.GetProperty("type").GetString());
        Assert.Equal(
            """{"all":{"enabled":true,"readOnly":true},"channels":{"email":{"enabled":true},"sms":{"enabled":true},"in_app":{"enabled":false},"chat":{"enabled":true},"push":{"enabled":true}}}""",
            saved.GetProperty("preferences").GetRawText());
        Assert.Equal(saved.GetProperty("preferences").GetRawText(), shown.GetProperty("preferences").GetRawText());
        Assert.Equal(
            ["acknowledged", "matchedCount", "modifiedCount", "upsertedCount", "upsertedId"],
            deleted.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(1, deleted.GetProperty("modifiedCount").GetInt32());
        var gone = await team.GetAsync($"{Route}?workflowId={workflow.Id()}");
        Assert.Equal(HttpStatusCode.BadRequest, gone.StatusCode);
        Assert.Equal(
            ["environmentId", "message", "organizationId", "path", "statusCode", "templateId", "timestamp"],
            (await gone.JsonAsync()).EnumerateObject().Select(member => member.Name).Order());
    }

    [Fact]
    public async Task Keys_decide_nothing_and_a_decision_needs_a_workflow()
    {
        await using var app = await CarillonApp.StartAsync();
        var (team, workflow) = await TeamAsync(app);

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Api.GetAsync($"{Route}?workflowId={workflow.Id()}")).StatusCode);
        Assert.Equal(["workflowId must be a string"], await (await team.PostAsJsonAsync(Route, new { })).MessagesAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await team.PostAsJsonAsync(Route, new { workflowId = "nope" })).StatusCode);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task What_a_subscriber_does_not_want_is_not_sent_and_the_account_says_why(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Greet");

        await app.PreferAsync("ann", workflow, new { channel = new { type = "in_app", enabled = false } });
        var here = Assert.Single(await app.JobsAsync(workflow, "ann"));
        await app.PreferAsync("ann", workflow, new { channel = new { type = "in_app", enabled = true } });
        await app.PreferEverywhereAsync("ann", new { enabled = false });
        var everywhere = Assert.Single(await app.JobsAsync(workflow, "ann"));

        Assert.Equal("canceled", here.Status());
        Assert.Equal(["Step created", "Step queued", "Step filtered by subscriber workflow preferences", Filtered], here.Details());
        Assert.Equal(
            """{"enabled":true,"channels":{"in_app":false},"overrides":[{"channel":"in_app","source":"subscriber"}]}""",
            here.Raw("Step filtered by subscriber workflow preferences").GetRawText());
        Assert.Equal("""{"filter":{"conditions":[],"passed":true}}""", here.Raw(Filtered).GetRawText());
        Assert.Contains("Step filtered by subscriber global preferences", everywhere.Details());
        Assert.Empty(await app.FeedAsync("ann"));
    }

    [Fact]
    public async Task What_was_said_of_one_person_and_workflow_is_said_of_no_other()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann", "bob");
        var greet = await app.CreateWorkflowAsync("Greet");
        var part = await app.CreateWorkflowAsync("Part");
        await app.PreferAsync("ann", greet, new { enabled = false });

        await app.TriggeredAsync(new { name = greet.Identifier(), to = new[] { "ann", "bob" }, payload = new { name = "1" } });
        await app.TriggeredAsync(new { name = part.Identifier(), to = new[] { "ann", "bob" }, payload = new { name = "2" } });
        await app.SettledAsync();

        Assert.Equal(["Hello 2"], await app.FeedAsync("ann"));
        Assert.Equal(["Hello 1", "Hello 2"], (await app.FeedAsync("bob")).Order());
    }

    [Fact]
    public async Task The_workflows_own_settings_and_the_teams_decision_count_and_are_named()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var (team, workflow) = await TeamAsync(app);

        await app.UpdateWorkflowAsync(workflow, new { preferenceSettings = new { in_app = false } });
        Assert.Contains("Step filtered by workflow preferences", Assert.Single(await app.JobsAsync(workflow, "ann")).Details());
        await DecideAsync(team, workflow, readOnly: false, inApp: true);
        Assert.Equal("completed", Assert.Single(await app.JobsAsync(workflow, "ann")).Status());
        await DecideAsync(team, workflow, readOnly: true, inApp: false);
        await app.PreferAsync("ann", workflow, new { channel = new { type = "in_app", enabled = true } });
        Assert.Contains("Step filtered by user preferences", Assert.Single(await app.JobsAsync(workflow, "ann")).Details());
        Assert.Equal("USER_WORKFLOW", (await app.PreferencesAsync("ann"))[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_critical_workflow_asks_nobody()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        var workflow = await app.CreateWorkflowAsync("Alarm");
        await app.UpdateWorkflowAsync(workflow, new { critical = true, preferenceSettings = new { in_app = false } });
        await app.PreferEverywhereAsync("ann", new { enabled = false });

        Assert.Equal("completed", Assert.Single(await app.JobsAsync(workflow, "ann")).Status());
    }

    private static async Task<(HttpClient Team, JsonElement Workflow)> TeamAsync(CarillonApp app)
    {
        await using var db = app.OpenDb();
        var token = app.Get<UserTokens>().Mint(db.Users.Single(), app.OrganizationId, ["admin"]);
        return (app.WithToken(token, app.EnvironmentId), await app.CreateWorkflowAsync("Greet"));
    }

    private static Task<HttpResponseMessage> DecideAsync(HttpClient team, JsonElement workflow, bool readOnly, bool inApp) =>
        team.PostAsJsonAsync(Route, new
        {
            workflowId = workflow.Id(),
            preferences = new { workflow = new { enabled = true, readOnly }, channels = new { in_app = new { enabled = inApp } } },
        });
}
