using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Tests.Server.Accounts;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Server.Authoring;

/// <summary>One step of a workflow, sent at once to whoever wants to see it.</summary>
public sealed class TestStepTests
{
    private const string Route = "/v1/events/test/step";

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task It_is_sent_to_whom_it_is_for_and_nothing_of_it_is_kept(Store store)
    {
        await using var peer = await HttpPeer.StartAsync(200, """{"id":"1"}""");
        await using var app = await SandboxTests.StartAsync(peer, store);
        var workflow = await app.CreateWorkflowAsync("All", SandboxTests.Step("sms"), SandboxTests.Step("email"));

        var response = await app.Api.PostAsJsonAsync(Route, new
        {
            workflowId = "all", stepId = StepId(workflow, 1), payload = new { name = "Ann" }, subscriberId = "ann", to = "me@example.com",
        });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var line = Assert.Single((await response.DataAsync()).GetProperty("results").EnumerateArray());
        Assert.Equal(("email-webhook", "sent"), (line.Text("providerId"), line.Text("status")));
        var mail = Assert.Single(peer.Received).Json!;
        Assert.Equal("""["me@example.com"]""", mail["to"]!.ToJsonString());
        Assert.Contains("Hello Ann", (string?)mail["html"], StringComparison.Ordinal);
        await using var db = app.OpenDb();
        Assert.Equal((0, 0, 0), (await db.Events.CountAsync(), await db.Runs.CountAsync(), await db.Messages.CountAsync()));
    }

    [Fact]
    public async Task Without_an_address_a_subscriber_gets_it_and_a_user_oneself()
    {
        await using var peer = await HttpPeer.StartAsync(200, """{"id":"1"}""");
        await using var app = await SandboxTests.StartAsync(peer);
        var sms = await app.CreateWorkflowAsync("Text", SandboxTests.Step("sms"));
        await app.Api.PostAsJsonAsync(Route, new { workflowId = sms.Id(), stepId = StepId(sms), subscriberId = "ann" });
        Assert.Equal("+1", (string?)Assert.Single(peer.Received).Json!["to"]);

        var founder = await app.FounderAsync();
        await SandboxTests.ConnectAsync(founder.Calls, peer);
        var groups = await (await founder.Calls.GetAsync("/v1/notification-groups")).DataAsync();
        var mail = await (await founder.Calls.PostAsJsonAsync("/v1/workflows", new
        {
            name = "Mail", notificationGroupId = groups[0].GetProperty("_id").GetString(), active = true, draft = false, steps = new[] { SandboxTests.Step("email") },
        })).DataAsync();
        await founder.Calls.PostAsJsonAsync(Route, new { workflowId = mail.Id(), stepId = StepId(mail) });

        Assert.Equal("""["founder@example.com"]""", peer.Received.Last().Json!["to"]!.ToJsonString());
    }

    [Fact]
    public async Task Why_nothing_was_sent_is_said()
    {
        await using var peer = await HttpPeer.StartAsync(400, """{"message":"bad number"}""");
        await using var app = await SandboxTests.StartAsync(peer);
        var workflow = await app.CreateWorkflowAsync("All", SandboxTests.Step("sms"), SandboxTests.Step("chat"), SandboxTests.Step("in_app"));

        async Task SaysAsync(int status, string complaint, object call)
        {
            var response = await app.Api.PostAsJsonAsync(Route, call);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Contains(complaint, (await response.MessagesAsync())[0], StringComparison.Ordinal);
        }

        await SaysAsync(400, "Unexpected provider error: ", new { workflowId = "all", stepId = StepId(workflow), subscriberId = "ann" });
        await SaysAsync(400, "Subscriber missing recipient details", new { workflowId = "all", stepId = StepId(workflow) });
        await SaysAsync(400, "Subscriber does not have a configured channel", new { workflowId = "all", stepId = StepId(workflow, 1), subscriberId = "ann" });
        await SaysAsync(400, "A step of the type in_app sends nothing", new { workflowId = "all", stepId = StepId(workflow, 2), subscriberId = "ann" });
        await SaysAsync(404, "Workflow nothing was not found", new { workflowId = "nothing", stepId = "x" });
        await SaysAsync(404, "Step x was not found", new { workflowId = "all", stepId = "x" });
        await SaysAsync(404, "Subscriber bob was not found", new { workflowId = "all", stepId = StepId(workflow), subscriberId = "bob" });
    }

    private static string StepId(JsonElement workflow, int step = 0) => workflow.Steps()[step].GetProperty("_id").GetString()!;
}
