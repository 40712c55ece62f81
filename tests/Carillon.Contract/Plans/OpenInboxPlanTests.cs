using System.Net.Http.Json;
using Carillon.Tests.Support;

namespace Carillon.Contract.Plans;

/// <summary>
/// What many open inboxes are to be told is counted by a subscriber's own entries. The question names no environment, so that there is no
/// index by which a planner that takes a growing table for empty could look through all of one, once for each of them: it took ten seconds.
/// </summary>
public sealed class OpenInboxPlanTests
{
    private static readonly string?[] OfSubscribers = [InboxPlanTests.CountIndex, InboxPlanTests.PageIndex];

    [Fact]
    public async Task Counts_of_open_inboxes_are_read_by_the_subscriber()
    {
        using var listening = new CommandListener();
        await using var app = await CarillonApp.StartAsync(Store.Postgres);
        listening.ListenTo(app.ConnectionString);
        var workflow = await app.CreateGreetingAsync();
        var session = await app.Anonymous.PostAsJsonAsync("/v1/inbox/session", new { subscriberId = "ann", applicationIdentifier = app.ApplicationIdentifier });
        await using var socket = await InboxSocket.ListenAsync(app, (await session.DataAsync()).GetProperty("token").GetString()!);

        var heard = await listening.HearAsync(async () =>
        {
            (await app.Api.PostAsJsonAsync("/v1/events/trigger", new { name = workflow, to = "ann" })).EnsureSuccessStatusCode();
            while (!(await socket.HeardAsync()).StartsWith("unread", StringComparison.Ordinal)) { }
        });

        var counting = heard.Where(command => command.Sql.Contains("\"Unread\"", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(counting);
        foreach (var command in counting)
        {
            Assert.DoesNotContain("m.environment_id", command.Sql, StringComparison.Ordinal);
            Assert.All(QueryPlan.ScansOfMessages(await QueryPlan.OfAsync(app.ConnectionString, command)), scan => Assert.Contains(scan.Index, OfSubscribers));
        }
    }
}
