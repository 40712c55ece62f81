using Carillon.Tests.Server.Events;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Tests.Server;

public sealed class MessageListTests
{
    private const string ManyMore = """
        CREATE TEMP TABLE many AS
        WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 12000) SELECT messages.*, i FROM messages, numbers;
        UPDATE many SET id = substr(id, 1, 14) || printf('%010x', i);
        ALTER TABLE many DROP COLUMN i;
        INSERT INTO messages SELECT * FROM many;
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_counted_no_further_than_it_matters()
    {
        await using var app = await CarillonApp.StartAsync();
        await app.CreateWorkflowAsync("Greet", WorkflowRequests.InApp("Hello"));
        await app.TriggeredAsync(new { name = "greet", to = "ann" });
        await app.SettledAsync();
        await using (var db = app.OpenDb())
        {
            await db.Database.OpenConnectionAsync(Ct);
            await db.Database.ExecuteSqlRawAsync(ManyMore, Ct);
        }

        Assert.Equal((10_010, true), await CountAsync(app, "?limit=10"));
        Assert.Equal((11_510, true), await CountAsync(app, "?limit=10&page=150"));
        Assert.Equal((12_001, false), await CountAsync(app, "?limit=10&page=1200"));
    }

    private static async Task<(int, bool)> CountAsync(CarillonApp app, string query)
    {
        var page = await (await app.Api.GetAsync($"/v1/messages{query}")).JsonAsync();
        return (page.GetProperty("totalCount").GetInt32(), page.GetProperty("hasMore").GetBoolean());
    }
}
