using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Carillon.Tests.Server.Events;

/// <summary>How many pages an event to four hundred takes. PostgreSQL tells of each message by which transaction it was written.</summary>
public sealed class PageTests
{
    private static readonly string[] Team = [.. Enumerable.Range(0, 400).Select(number => $"person-{number}")];

    [Fact]
    public async Task A_large_event_has_long_pages_behind_its_first_where_it_is_alone() => Assert.Equal(2, await PagesAsync());

    [Fact]
    public async Task Its_pages_are_short_while_small_ones_come() => Assert.Equal(4, await PagesAsync("ann"));

    // Time stands still: who came a while ago has only just come.
    private static async Task<int> PagesAsync(params string[] others)
    {
        await using var app = await CarillonApp.StartAsync(Store.Postgres, new FakeTimeProvider(DateTimeOffset.UtcNow));
        var workflow = (await app.CreateWorkflowAsync("Greet")).Identifier();
        await app.JoinAsync("team", Team);
        foreach (var other in others) await app.TriggeredAsync(new { name = workflow, to = other, payload = new { name = "you" } });
        await app.SettledAsync();

        await app.TriggeredAsync(new { name = workflow, to = new { type = "Topic", topicKey = "team" }, payload = new { name = "all" }, transactionId = "many" });

        await app.SettledAsync();
        await using var db = app.OpenDb();
        return await db.Database.SqlQuery<int>(
            $"""
            SELECT count(DISTINCT m.xmin::text)::int AS "Value" FROM messages m JOIN events e ON e.id = m.event_id WHERE e.given_transaction_id = 'many'
            """).SingleAsync();
    }
}
