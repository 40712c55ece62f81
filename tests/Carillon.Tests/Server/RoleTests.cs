using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Engine;
using Carillon.Engine.Chores;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server;

public sealed class RoleTests
{
    private const string Roles = "Carillon:Roles";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_node_without_the_engine_accepts_another_one_delivers()
    {
        await using var door = await CarillonApp.StartAsync(settings: (Roles, "api"));
        var workflow = await door.CreateWorkflowAsync("Welcome", WorkflowRequests.InApp("Hello"));

        var answer = await door.Api.PostAsJsonAsync("/v1/events/trigger", new { name = workflow.Identifier(), to = "ada", payload = new { } }, Ct);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.IsType<LagWatch>(Assert.Single(door.Get<IReadOnlyList<EngineLoop>>()));
        Assert.Null((await StoredAsync(door)).LeaseToken);

        await using var worker = await CarillonApp.StartAsync(settings: [(Roles, "engine"), ("ConnectionStrings:Carillon", door.ConnectionString)]);
        await worker.SettledAsync();

        Assert.Equal(EventStatus.Expanded, (await StoredAsync(door)).Status);
        await using var db = door.OpenDb();
        Assert.Equal("Hello", (await db.Messages.SingleAsync(Ct)).Content);
    }

    [Theory]
    [InlineData("engine", HttpStatusCode.NotFound)]
    [InlineData("sockets", HttpStatusCode.OK)]
    [InlineData("sockets, engine", HttpStatusCode.OK)]
    public async Task A_node_without_the_API_answers_for_its_health_only_and_where_it_has_them_for_sockets(string roles, HttpStatusCode sockets)
    {
        await using var app = await CarillonApp.StartAsync(settings: (Roles, roles));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/v1/health-check"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/health/ready"));
        Assert.Equal(sockets, await StatusAsync("/socket.io/?EIO=4&transport=polling"));
        foreach (var path in new[] { "/v1/subscribers", "/v2/subscribers", "/v1/environments/me", "/api", "/auth/reset/token" })
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(path));

        async Task<HttpStatusCode> StatusAsync(string path) => (await app.Api.GetAsync(path, Ct)).StatusCode;
    }

    [Fact]
    public async Task Whoever_asks_whether_a_node_is_ready_hears_what_it_does_and_how_late_the_engine_is()
    {
        var clock = new FakeTimeProvider(new(2031, 5, 4, 12, 0, 0, TimeSpan.Zero));
        await using var app = await CarillonApp.StartAsync(clock: clock, settings: ("roles", "api,sockets"));
        var workflow = await app.CreateWorkflowAsync("Late");
        await app.Api.PostAsJsonAsync("/v1/events/trigger", new { name = workflow.Identifier(), to = "ada", payload = new { } }, Ct);
        clock.Advance(TimeSpan.FromMinutes(10));

        var ready = await app.Anonymous.GetFromJsonAsync<JsonElement>("/health/ready", Ct);

        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Equal(["api", "sockets"], ready.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal(600, ready.GetProperty("lag").GetDouble());
    }

    private static async Task<Event> StoredAsync(CarillonApp app)
    {
        await using var db = app.OpenDb();
        return await db.Events.AsNoTracking().SingleAsync(Ct);
    }
}
