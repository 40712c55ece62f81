using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;

namespace Carillon.Tests.Server;

public sealed class TenantTests
{
    private const string Path = "/v1/tenants";

    private const string Recorded = """
        {"_id":"6b04190f039109a7bd9f3b67","identifier":"ten1","name":"Tenant One","data":{"a":1},"_environmentId":"6b0418f5039109a7bd9f29ed",
         "_organizationId":"6b0418f5039109a7bd9f29e7","createdAt":"2026-11-23T10:44:31.064Z","updatedAt":"2026-11-23T10:44:31.064Z","__v":0,
         "id":"6b04190f039109a7bd9f3b67"}
        """;

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_tenant_is_made_shown_changed_and_removed(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var made = await MakeAsync(app, "ten1", "Tenant One", new { a = 1 });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Shape.AssertSame(Recorded, await made.DataAsync());
        Shape.AssertSame(Recorded, await (await app.Api.GetAsync($"{Path}/ten1")).DataAsync());
        var again = await MakeAsync(app, "ten1", "x");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal([$"Tenant with identifier: ten1 already exists under environment {app.EnvironmentId}"], await again.MessagesAsync());

        await MakeAsync(app, "ten3", "Other");
        var changed = await app.Api.PatchAsJsonAsync($"{Path}/ten1", new { identifier = "ten2", name = "New", data = new { b = 2 } });
        Shape.AssertSame(Recorded.Replace("ten1", "ten2").Replace("Tenant One", "New").Replace("\"a\":1", "\"b\":2"), await changed.DataAsync());
        Assert.Equal(HttpStatusCode.Conflict, (await app.Api.PatchAsJsonAsync($"{Path}/ten2", new { identifier = "ten3" })).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await app.Api.DeleteAsync($"{Path}/ten2")).StatusCode);
        var gone = await app.Api.DeleteAsync($"{Path}/ten2");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal([$"Tenant with identifier: ten2 does not exist under environment {app.EnvironmentId}"], await gone.MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task Of_many_who_make_one_tenant_at_once_one_wins(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => MakeAsync(app, "wanted", $"T{n}")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Created), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
    }

    [Theory]
    [InlineData("{}", "identifier should not be empty", "identifier must be a string", "name should not be empty", "name must be a string")]
    [InlineData("""{"identifier":1,"name":2,"data":"x"}""", "identifier must be a string", "name must be a string")]
    [InlineData("""{"identifier":"a","name":"b","data":"x"}""", "data must be an object")]
    public async Task What_is_wrong_with_a_tenant_is_said(string body, params string[] complaints)
    {
        await using var app = await CarillonApp.StartAsync();

        Assert.Equal(complaints, await (await app.Api.PostTextAsync(Path, body)).MessagesAsync());
    }

    [Fact]
    public async Task The_newest_come_first_page_by_page()
    {
        await using var app = await CarillonApp.StartAsync();
        foreach (var identifier in new[] { "a", "b", "c" })
            await MakeAsync(app, identifier, identifier);

        var first = await (await app.Api.GetAsync($"{Path}?page=0&limit=2")).JsonAsync();
        var second = await (await app.Api.GetAsync($"{Path}?page=1&limit=2")).JsonAsync();

        Assert.Equal(["c", "b"], Identifiers(first));
        Assert.True(first.GetProperty("hasMore").GetBoolean());
        Assert.Equal(["a"], Identifiers(second));
        Assert.False(second.GetProperty("hasMore").GetBoolean());
        Assert.Equal(["limit must not be greater than 100"], await (await app.Api.GetAsync($"{Path}?limit=101")).MessagesAsync());
    }

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task A_call_for_a_tenant_speaks_of_it_and_may_rename_it(Store store)
    {
        await using var app = await CarillonApp.StartAsync(store);
        await MakeAsync(app, "tv", "TV", new { x = "old" });
        await app.CreateWorkflowAsync("Tenant Flow", WorkflowRequests.InApp("root {{tenant.name}} {{tenant.data.x}}"));

        await app.TriggeredAsync(new { name = "tenant-flow", to = "ann", payload = new { }, tenant = "tv", transactionId = "t1" });
        await app.SettledAsync();
        await app.TriggeredAsync(new
        {
            name = "tenant-flow", to = "ann", payload = new { }, tenant = new { identifier = "tv", name = "Renamed", data = new { x = "new" } },
        });
        await app.SettledAsync();

        Assert.Equal(["root Renamed new", "root TV old"], await app.FeedAsync("ann"));
        Assert.Equal("Renamed", (await (await app.Api.GetAsync($"{Path}/tv")).DataAsync()).GetProperty("name").GetString());
        var job = (await (await app.Api.GetAsync("/v1/notifications?transactionId=t1")).DataAsync())[0].GetProperty("jobs")[0];
        Shape.AssertSame("""{"identifier":"tv"}""", job.GetProperty("tenant"));
        var line = job.GetProperty("executionDetails").EnumerateArray()
            .Single(line => line.GetProperty("detail").GetString() == "Tenant context selected");
        Assert.Contains("\"name\":\"TV\"", line.GetProperty("raw").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"tenant":"nobody"}""", "no_tenant_found")]
    [InlineData("""{"tenant":{"identifier":"nobody","name":"N"}}""", "no_tenant_found")]
    public async Task A_call_makes_no_tenant(string part, string status)
    {
        await using var app = await CarillonApp.StartAsync();
        await app.CreateWorkflowAsync("Plain", WorkflowRequests.InApp());

        var answer = await app.Api.PostTextAsync("/v1/events/trigger", Call("plain", part));

        Assert.Equal(status, (await answer.DataAsync()).GetProperty("status").GetString());
        Assert.Empty(Identifiers(await (await app.Api.GetAsync(Path)).JsonAsync()));
    }

    [Theory]
    [InlineData("{}", "Trigger is missing: tenant object")]
    [InlineData("""{"tenant":{"name":"no id"}}""", "Trigger is missing: identifier property of tenant")]
    public async Task A_workflow_that_speaks_of_a_tenant_needs_one(string part, string complaint)
    {
        await using var app = await CarillonApp.StartAsync();
        await app.CreateWorkflowAsync("Tenant Flow", WorkflowRequests.InApp("{{tenant.name}}"));

        var answer = await app.Api.PostTextAsync("/v1/events/trigger", Call("tenant-flow", part));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([complaint], await answer.MessagesAsync());
    }

    private static string Call(string name, string part)
    {
        var call = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(part)!;
        call["name"] = JsonSerializer.SerializeToElement(name);
        call["to"] = JsonSerializer.SerializeToElement("ann");
        return JsonSerializer.Serialize(call);
    }

    private static Task<HttpResponseMessage> MakeAsync(CarillonApp app, string identifier, string name, object? data = null) =>
        app.Api.PostAsJsonAsync(Path, data is null ? new { identifier, name } : (object)new { identifier, name, data });

    private static string?[] Identifiers(JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(tenant => tenant.GetProperty("identifier").GetString())];
}
