using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Data;
using Carillon.Driving;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Carillon.Contract.Plans;

/// <summary>
/// With a million messages of ten thousand people, an inbox reads a page of its own by an index, newest first and without sorting, and
/// counts in the index alone.
/// </summary>
public sealed class InboxPlanTests(InboxPlanTests.Filled filled) : IClassFixture<InboxPlanTests.Filled>
{
    public const string CountIndex = "ix_messages_unseen_or_unread";
    public const string PageIndex = "ix_messages_subscriber_id_created_at_id";

    [Theory]
    [InlineData("/v1/widgets/notifications/unseen")]
    [InlineData("/v1/widgets/notifications/unread")]
    [InlineData("/v1/widgets/notifications/count")]
    [InlineData("""/v1/inbox/notifications/count?filters=[{"read":false}]""")]
    public async Task Counts_come_from_the_index_alone(string path) => Assert.All(await filled.PlansOfAsync(path), plan =>
        Assert.Equal(("Index Only Scan", CountIndex), Scan(plan)));

    [Theory]
    [InlineData("/v1/widgets/notifications/feed?limit=10")]
    [InlineData("/v1/widgets/notifications/feed?limit=10&page=3")]
    [InlineData("/v1/inbox/notifications?limit=10")]
    [InlineData("/v1/inbox/notifications?archived=false")]
    public async Task A_page_is_read_in_the_order_of_the_index(string path) => Assert.All(await filled.PlansOfAsync(path), plan =>
    {
        Assert.Equal(("Index Scan", PageIndex), Scan(plan));
        Assert.DoesNotContain(QueryPlan.Nodes(plan), node => node.GetProperty("Node Type").GetString() == "Sort");
    });

    private static (string?, string?) Scan(JsonElement plan) => QueryPlan.ScansOfMessages(plan).Single();

    public sealed class Filled : IAsyncLifetime
    {
        private readonly CommandListener _listening = new();
        private CarillonApp _app = null!;
        private HttpClient _inbox = null!;

        public async ValueTask InitializeAsync()
        {
            _app = await CarillonApp.StartAsync(Store.Postgres, settings: ("Carillon:RateLimits:Enabled", "false"));
            _listening.ListenTo(_app.ConnectionString);
            var session = await _app.Anonymous.PostAsJsonAsync("/v1/inbox/session", new { subscriberId = "ann", applicationIdentifier = _app.ApplicationIdentifier });
            _inbox = _app.Anonymous;
            _inbox.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await session.DataAsync()).GetProperty("token").GetString());
            await FillAsync();
        }

        public ValueTask DisposeAsync()
        {
            _listening.Dispose();
            return _app.DisposeAsync();
        }

        internal async Task<IReadOnlyList<JsonElement>> PlansOfAsync(string path)
        {
            var heard = await _listening.HearAsync(async () => Assert.Equal(HttpStatusCode.OK, (await _inbox.GetAsync(path)).StatusCode));
            var commands = heard.Where(command => command.Sql.Contains("FROM messages", StringComparison.Ordinal)).ToList();

            Assert.NotEmpty(commands);
            var plans = new List<JsonElement>();
            foreach (var command in commands)
                plans.Add(await QueryPlan.OfAsync(_app.ConnectionString, command));
            return plans;
        }

        // A hundred messages each, four in five read; nobody has any but in-app ones, as an inbox likes it least.
        private async Task FillAsync()
        {
            await using var db = _app.OpenDb();
            var ann = await db.Subscribers.SingleAsync(subscriber => subscriber.ExternalId == "ann");
            var version = await VersionAsync();
            await using var connection = new NpgsqlConnection(_app.ConnectionString);
            await connection.OpenAsync();
            await using var fill = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO messages (bucket, id, environment_id, subscriber_id, run_id, event_id, workflow_id, version_id, step, channel, provider_id,
                                      content, status, seen, read, archived, created_at, updated_at)
                SELECT {Ids.BucketOf(ann.Id)}, '2' || lpad(i::text, 23, '0'), '{_app.EnvironmentId}',
                       CASE WHEN i % 10000 = 7 THEN '{ann.Id}' ELSE '3' || lpad((i % 10000)::text, 23, '0') END,
                       '2' || lpad(i::text, 23, '0'), 'event', 'workflow', '{version}', 0, 'in_app', 'novu', 'Some words to somebody', 'sent', i % 5 <> 0, i % 5 <> 0, i % 50 = 1, i, i
                FROM generate_series(1, 1000000) AS i
                """), connection) { CommandTimeout = 300 };
            await fill.ExecuteNonQueryAsync();

            // Only what vacuum has seen to be visible to everybody can be answered by an index alone; whoever still looks at the time before keeps it from that.
            await Wait.UntilAsync(() => IsAllVisibleAsync(connection), TimeSpan.FromMinutes(1));
        }

        private static async Task<bool> IsAllVisibleAsync(NpgsqlConnection connection)
        {
            await using var vacuum = new NpgsqlCommand("VACUUM ANALYZE messages", connection) { CommandTimeout = 300 };
            await vacuum.ExecuteNonQueryAsync();
            await using var visible = new NpgsqlCommand("SELECT relallvisible = relpages FROM pg_class WHERE oid = 'messages'::regclass", connection);
            return (bool)(await visible.ExecuteScalarAsync())!;
        }

        private async Task<string> VersionAsync()
        {
            var made = await _app.Api.PostAsJsonAsync("/v1/workflows", new
            {
                name = "Greet",
                notificationGroupId = _app.NotificationGroupId,
                active = true,
                draft = false,
                steps = new[] { new { template = new { type = "in_app", content = "Hello" }, active = true } },
            });
            var workflowId = (await made.DataAsync()).GetProperty("_id").GetString();
            await using var db = _app.OpenDb();
            return (await db.WorkflowVersions.SingleAsync(version => version.WorkflowId == workflowId)).Id;
        }
    }
}
