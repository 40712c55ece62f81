using Carillon.Tests.Server;
using Carillon.Tests.Server.Events;
using Carillon.Tests.Server.Preferences;
using Carillon.Tests.Support;

namespace Carillon.Tests.Engine.Steps;

/// <summary>What becomes of the steps behind one that did not do what it should.</summary>
public sealed class StopTests
{
    private static readonly object Words = new { type = "in_app", content = "Hello" };

    private static readonly (string Why, object Template, object? Condition, string Status)[] Table =
    [
        ("it says what it should", Words, null, "completed"),
        ("nobody can send it", new { type = "sms", content = "Hello" }, null, "failed"),
        ("there is nowhere to push it", new { type = "push", title = "t", content = "Hello" }, null, "failed"),
        ("there is no chat", new { type = "chat", content = "Hello" }, null, "failed"),
        ("its words cannot be made", new { type = "in_app", content = "{{uppercase n}}" }, null, "failed"),
        ("its condition cannot be put", Words, On("{{uppercase payload.n}}"), "failed"),
        ("its condition does not hold", Words, On("2"), "canceled"),
    ];

    [Fact]
    public async Task Only_a_failure_stops_what_follows_and_only_where_that_is_asked()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.SubscribeAsync("ann");
        foreach (var (index, (why, template, condition, status)) in Table.Index())
        {
            foreach (var stops in new[] { false, true })
            {
                var filters = condition is null ? [] : new[] { new { value = "AND", children = new[] { condition } } };
                var workflow = await app.CreateWorkflowAsync(
                    $"Stop {index} {stops}", new { template, filters, active = true, shouldStopOnFail = stops }, WorkflowRequests.InApp("next"));

                var jobs = await app.JobsAsync(workflow, "ann", new { n = 1 });

                Assert.Equal((why, stops, status, status == "failed" && stops ? "canceled" : "completed"), (why, stops, jobs[0].Status(), jobs[1].Status()));
            }
        }
    }

    private static object On(string value) => new { on = "payload", field = "n", @operator = "EQUAL", value };
}
