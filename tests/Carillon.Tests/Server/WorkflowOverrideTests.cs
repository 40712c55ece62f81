using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server;

public sealed class WorkflowOverrideTests
{
    private const string Path = "/v1/workflow-overrides";
    private const string Nobody = "000000000000000000000000";

    private const string Recorded = """
        {"active":false,"_environmentId":"6b0418f5039109a7bd9f29ed","_organizationId":"6b0418f5039109a7bd9f29e7","_workflowId":"6b0418f5039109a7bd9f2a5b",
         "_tenantId":"6b041904039109a7bd9f36b2","preferenceSettings":{"email":true,"sms":true,"in_app":false,"chat":true,"push":true},
         "_id":"6b041904039109a7bd9f36be","deleted":false,"createdAt":"2026-11-23T10:44:20.166Z","updatedAt":"2026-11-23T10:44:20.166Z","__v":0,
         "id":"6b041904039109a7bd9f36be"}
        """;

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task An_override_is_made_shown_changed_and_removed(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var (workflowId, tenantId) = await PairAsync(app);

        var made = await app.Api.PostAsJsonAsync(Path, new { workflowId, tenantId, active = false, preferenceSettings = new { in_app = false } });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var one = await made.DataAsync();
        Shape.AssertSame(Recorded, one);
        Shape.AssertSame(Recorded, await (await app.Api.GetAsync($"{Path}/{one.Id()}")).DataAsync());
        var ofPair = $"{Path}/workflows/{workflowId}/tenants/{tenantId}";
        Shape.AssertSame(Recorded, await (await app.Api.GetAsync(ofPair)).DataAsync());
        var page = await (await app.Api.GetAsync($"{Path}?limit=1")).JsonAsync();
        Shape.AssertSame($$"""{"data":[{{Recorded}}],"page":0,"pageSize":1,"hasMore":true}""", page);

        var changed = await app.Api.PutAsJsonAsync($"{Path}/{one.Id()}", new { active = true, preferenceSettings = new { email = false } });
        var expected = Recorded.Replace("\"active\":false", "\"active\":true").Replace("\"email\":true", "\"email\":false");
        Shape.AssertSame(expected, await changed.DataAsync());
        Shape.AssertSame(expected.Replace("\"active\":true", "\"active\":false"), await (await app.Api.PutAsJsonAsync(ofPair, new { active = false })).DataAsync());

        Assert.True((await (await app.Api.DeleteAsync($"{Path}/{one.Id()}")).DataAsync()).GetBoolean());
        Assert.Equal([$"Workflow Override with id {one.Id()} not found"], await (await app.Api.DeleteAsync($"{Path}/{one.Id()}")).MessagesAsync());
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        await using var app = await CarillonApp.StartAsync();
        var (workflowId, tenantId) = await PairAsync(app);

        await AssertNotFound($"Workflow with id {Nobody} is not found", app.Api.PostAsJsonAsync(Path, new { workflowId = Nobody, tenantId }));
        await AssertNotFound($"Tenant with id {Nobody} is not found", app.Api.PostAsJsonAsync(Path, new { workflowId, tenantId = Nobody }));
        await AssertNotFound($"Workflow Override with id {Nobody} not found", app.Api.GetAsync($"{Path}/{Nobody}"));
        await AssertNotFound($"Workflow override with id {Nobody} not found", app.Api.PutAsJsonAsync($"{Path}/{Nobody}", new { active = true }));
        await AssertNotFound(
            $"Workflow Override with workflow id {workflowId}, tenant id {Nobody} not found",
            app.Api.GetAsync($"{Path}/workflows/{workflowId}/tenants/{Nobody}"));
        await AssertNotFound(
            $"Tenant with id {Nobody} is not found", app.Api.PutAsJsonAsync($"{Path}/workflows/{workflowId}/tenants/{Nobody}", new { active = true }));
        await AssertNotFound(
            $"Workflow override with workflow id {workflowId}, tenant id {tenantId} not found",
            app.Api.PutAsJsonAsync($"{Path}/workflows/{workflowId}/tenants/{tenantId}", new { active = true }));
    }

    [Theory]
    [InlineData("{}", "workflowId should not be null or undefined", "workflowId must be a string", "tenantId should not be null or undefined", "tenantId must be a string")]
    [InlineData("""{"workflowId":"x","tenantId":"y"}""", "_workflowId must be a mongodb id", "_tenantId must be a mongodb id")]
    public async Task What_is_wrong_with_an_override_is_said(string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal(complaints, await (await app.Api.PostTextAsync(Path, body)).MessagesAsync());
    }

    [Fact]
    public async Task In_Production_there_are_none()
    {
        await using var app = await CarillonApp.StartAsync();
        var production = app.WithKey(app.ProductionKey);

        foreach (var answer in new[] { await production.GetAsync(Path), await production.PostAsJsonAsync(Path, new { }) })
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task For_its_tenant_an_override_switches_a_workflow_off_and_on(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var (workflowId, tenantId) = await PairAsync(app);
        var one = await (await app.Api.PostAsJsonAsync(Path, new { workflowId, tenantId, active = false })).DataAsync();

        Assert.Equal("trigger_not_active", await StatusAsync(app, "acme"));
        Assert.Equal("processed", await StatusAsync(app, tenant: null));

        await app.Api.PutAsJsonAsync($"/v1/workflows/{workflowId}/status", new { active = false });
        await app.Api.PutAsJsonAsync($"{Path}/{one.Id()}", new { active = true });
        Assert.Equal("processed", await StatusAsync(app, "acme"));
        Assert.Equal("trigger_not_active", await StatusAsync(app, tenant: null));
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task For_its_tenant_an_override_switches_a_channel_off(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        var (workflowId, tenantId) = await PairAsync(app);
        await app.Api.PostAsJsonAsync(Path, new { workflowId, tenantId, active = true, preferenceSettings = new { in_app = false } });

        await StatusAsync(app, "acme");
        await app.SettledAsync();
        Assert.Empty(await app.FeedAsync("ann"));

        await StatusAsync(app, tenant: null);
        await app.SettledAsync();
        Assert.Single(await app.FeedAsync("ann"));
    }

    private static async Task<(string WorkflowId, string TenantId)> PairAsync(CarillonApp app)
    {
        var workflow = await app.CreateWorkflowAsync("Base", WorkflowRequests.InApp());
        var tenant = await (await app.Api.PostAsJsonAsync("/v1/tenants", new { identifier = "acme", name = "Acme" })).DataAsync();
        return (workflow.Id(), tenant.Id());
    }

    private static async Task<string?> StatusAsync(CarillonApp app, string? tenant)
    {
        var answer = await app.TriggerAsync(tenant is null ? new { name = "base", to = "ann" } : new { name = "base", to = "ann", tenant });
        return (await answer.DataAsync()).GetProperty("status").GetString();
    }

    private static async Task AssertNotFound(string message, Task<HttpResponseMessage> answer)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await answer).StatusCode);
        Assert.Equal([message], await (await answer).MessagesAsync());
    }
}
