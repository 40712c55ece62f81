using System.Net;
using System.Net.Http.Json;
using Carillon.Server.Configuration;
using Carillon.Tests.Server.Accounts;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server.Authoring;

public sealed class BlueprintTests
{
    private const string Route = "/v1/blueprints";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_blueprint_is_found_and_made_into_a_workflow_of_ones_own(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        app.Get<BlueprintOptions>().OrganizationId = app.OrganizationId;
        var made = await MakeAsync(app, "Welcome", active: true, "popular");
        await MakeAsync(app, "Draft", active: false);
        var founder = await app.FounderAsync();

        var groups = await (await app.Anonymous.GetAsync($"{Route}/group-by-category")).DataAsync();
        var byId = await (await app.Anonymous.GetAsync($"{Route}/{made}")).DataAsync();
        var byIdentifier = await (await app.Anonymous.GetAsync($"{Route}/welcome")).DataAsync();
        var draft = await app.Anonymous.GetAsync($"{Route}/draft");
        var own = await founder.Calls.PostAsJsonAsync("/v1/workflows", new
        {
            name = byId.GetProperty("name").GetString(),
            notificationGroupId = byId.GetProperty("_notificationGroupId").GetString(),
            notificationGroup = new { name = "Greetings" },
            steps = byId.GetProperty("steps"),
            blueprintId = made,
        });

        Assert.Equal("General", groups.GetProperty("general")[0].GetProperty("name").GetString());
        Assert.Equal(made, Assert.Single(groups.GetProperty("general")[0].GetProperty("blueprints").EnumerateArray()).GetProperty("_id").GetString());
        Assert.Equal("Popular", groups.GetProperty("popular").GetProperty("name").GetString());
        Assert.Equal(made, groups.GetProperty("popular").GetProperty("blueprints")[0].GetProperty("_id").GetString());
        Assert.True(byId.GetProperty("isBlueprint").GetBoolean());
        Assert.Equal(made, byIdentifier.GetProperty("_id").GetString());
        Assert.Equal(HttpStatusCode.NotFound, draft.StatusCode);
        Assert.Equal(["Blueprint with id draft not found"], await draft.MessagesAsync());
        Assert.Equal(HttpStatusCode.Created, own.StatusCode);
        Assert.Equal(made, (await own.DataAsync()).GetProperty("blueprintId").GetString());
        Assert.Equal(
            ["General", "Greetings"],
            (await (await founder.Calls.GetAsync("/v1/notification-groups")).DataAsync()).EnumerateArray().Select(group => group.GetProperty("name").GetString()!).Order());
    }

    [Fact]
    public async Task Where_there_are_no_blueprints_there_are_none()
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.GetAsync($"{Route}/group-by-category")).StatusCode);
        Assert.Equal(["Blueprint with id nope not found"], await (await app.Anonymous.GetAsync($"{Route}/nope")).MessagesAsync());
    }

    private static async Task<string> MakeAsync(CarillonApp app, string name, bool active, params string[] tags)
    {
        await using var db = app.OpenDb(app.ProductionId);
        var group = db.NotificationGroups.Single().Id;
        var layout = db.Layouts.Single().Id;
        var response = await app.Api.PostAsJsonAsync("/v1/workflows", new
        {
            name, notificationGroupId = app.NotificationGroupId, tags, active,
            steps = new[] { new { template = new { type = "email", subject = "s", contentType = "customHtml", content = "hi" }, active = true } },
        });
        var id = (await response.DataAsync()).GetProperty("_id").GetString()!;
        await MoveAsync(app, id, group, layout);
        return id;
    }

    // Into Production, where only promotion makes workflows.
    private static async Task MoveAsync(CarillonApp app, string id, string groupId, string layoutId)
    {
        await using var db = app.OpenDb();
        var workflow = db.Workflows.Single(workflow => workflow.Id == id);
        var version = db.WorkflowVersions.Single(version => version.Id == workflow.VersionId);
        await using var production = app.OpenDb(app.ProductionId);
        db.RemoveRange(workflow, version);
        await db.SaveChangesAsync();
        production.Add(Copy(version, app.ProductionId, layoutId));
        production.Add(Copy(workflow, app.ProductionId, groupId));
        await production.SaveChangesAsync();
    }

    private static Carillon.Data.Workflows.WorkflowVersion Copy(Carillon.Data.Workflows.WorkflowVersion version, string environmentId, string layoutId) => new()
    {
        Id = version.Id,
        EnvironmentId = environmentId,
        WorkflowId = version.WorkflowId,
        Identifier = version.Identifier,
        Name = version.Name,
        Critical = version.Critical,
        Tags = version.Tags,
        PreferenceSettings = version.PreferenceSettings,
        Steps = [.. version.Steps.Select(step => step with { Template = step.Template with { LayoutId = layoutId } })],
        Trigger = version.Trigger,
        CreatedAt = version.CreatedAt,
    };

    private static Carillon.Data.Workflows.Workflow Copy(Carillon.Data.Workflows.Workflow workflow, string environmentId, string groupId) => new()
    {
        Id = workflow.Id,
        EnvironmentId = environmentId,
        OrganizationId = workflow.OrganizationId,
        CreatorId = workflow.CreatorId,
        NotificationGroupId = groupId,
        Name = workflow.Name,
        Identifier = workflow.Identifier,
        Active = workflow.Active,
        Tags = workflow.Tags,
        PreferenceSettings = workflow.PreferenceSettings,
        VersionId = workflow.VersionId,
        CreatedAt = workflow.CreatedAt,
        UpdatedAt = workflow.UpdatedAt,
    };
}
