using System.Net;
using System.Text.Json;
using Carillon.Tests.Support;
using Npgsql;

namespace Carillon.Contract.Plans;

/// <summary>Lists find their page by an index, however much there is of everybody else's.</summary>
public sealed class ListPlanTests(ListPlanTests.Filled filled) : IClassFixture<ListPlanTests.Filled>
{
    private static readonly HashSet<string?> Large =
    [
        "changes", "events", "feeds", "layouts", "messages", "notification_groups", "runs", "subscriber_channels", "subscriber_preferences", "subscribers",
        "tenants", "topic_subscribers", "topics", "workflow_overrides", "workflow_uses", "workflow_versions", "workflows",
    ];

    [Theory]
    [InlineData("/v1/changes?promoted=false&page=5")]
    [InlineData("/v1/changes?promoted=true")]
    [InlineData("/v1/changes/count")]
    [InlineData("/v1/events/trigger/transaction-3")]
    [InlineData("/v1/events/trigger/003e8000-0000-7000-8000-000000004300")]
    [InlineData("/v1/feeds")]
    [InlineData("/v1/layouts?page=5")]
    [InlineData("/v1/messages")]
    [InlineData("/v1/messages?page=50")]
    [InlineData("/v1/messages?channel=in_app")]
    [InlineData("/v1/messages?subscriberId=person-3")]
    [InlineData("/v1/messages?transactionId=transaction-3")]
    [InlineData("/v1/messages?transactionId=transaction-3&transactionId=003e8000-0000-7000-8000-000000004300")]
    [InlineData("/v1/notification-groups")]
    [InlineData("/v1/notifications")]
    [InlineData("/v1/notifications?page=50")]
    [InlineData("/v1/notifications?channels=in_app")]
    [InlineData("/v1/notifications?channels=in_app&channels=email")]
    [InlineData("/v1/notifications?channels=sms")]
    [InlineData("/v1/notifications?emails=person-3@example.com&subscriberIds=person-43")]
    [InlineData("/v1/notifications?templates=100000000000000000000003")]
    [InlineData("/v1/notifications?transactionId=transaction-3")]
    [InlineData("/v1/notifications/stats")]
    [InlineData("/v1/subscribers")]
    [InlineData("/v1/subscribers?page=50")]
    [InlineData("/v1/subscribers/person-3")]
    [InlineData("/v1/subscribers/person-3/notifications/feed")]
    [InlineData("/v1/subscribers/person-3/preferences")]
    [InlineData("/v1/tenants?page=5")]
    [InlineData("/v1/tenants/tenant-3")]
    [InlineData("/v1/topics?page=5")]
    [InlineData("/v1/topics/topic-3")]
    [InlineData("/v1/topics/topic-3/subscribers/person-3")]
    [InlineData("/v1/workflow-overrides?page=5")]
    [InlineData("/v1/workflows?page=5")]
    [InlineData("/v1/workflows/workflow-3")]
    [InlineData("/v2/subscribers")]
    [InlineData("/v2/subscribers?after=100000000000000000000043")]
    [InlineData("/v2/subscribers?email=person-3@example.com")]
    [InlineData("/v2/subscribers?subscriberId=person-3")]
    [InlineData("/v2/subscribers/person-3/subscriptions")]
    [InlineData("/v2/topics")]
    [InlineData("/v2/topics/topic-3/subscriptions")]
    public async Task It_finds_its_rows_by_an_index(string path)
    {
        var commands = await filled.CommandsOfAsync(path);

        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            var plan = await filled.ExplainAsync(command);
            Assert.True(!ScansIn(plan).Any(), $"{command.Sql}\nreads all of {string.Join(", ", ScansIn(plan))}");
        }
    }

    [Theory]
    [InlineData("/v2/topics/topic-43/subscriptions", "topic_subscribers")]
    [InlineData("/v2/topics/topic-43/subscriptions?after=200000000000000000020003", "topic_subscribers")]
    [InlineData("/v1/notifications", "runs")]
    public async Task Its_page_is_read_in_the_order_of_an_index(string path, string table)
    {
        var pages = (await filled.CommandsOfAsync(path)).Where(command => command.Sql.Contains("LIMIT", StringComparison.Ordinal)
            && command.Sql.Contains($"FROM {table}", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(pages);
        foreach (var page in pages) Assert.DoesNotContain("Sort", (await filled.ExplainAsync(page)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Which_channels_a_notification_is_on_is_known_without_reading_steps()
    {
        var asking = (await filled.CommandsOfAsync("/v1/notifications?channels=in_app"))
            .Where(command => command.Sql.Contains("channels", StringComparison.Ordinal) && !command.Sql.Contains("ANY", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(asking);
        Assert.DoesNotContain(asking, command => command.Sql.Contains("steps", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_full_scan_would_be_noticed() =>
        Assert.Equal(["tenants"], ScansIn(await filled.ExplainAsync(new("SELECT id FROM tenants WHERE name = 'x'", []))));

    private static IEnumerable<string?> ScansIn(JsonElement node)
    {
        var own = node.GetProperty("Node Type").GetString() == "Seq Scan" ? node.GetProperty("Relation Name").GetString() : null;
        var below = node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().SelectMany(ScansIn) : [];
        return own is not null && Large.Contains(own) ? [own, .. below] : below;
    }

    public sealed class Filled : IAsyncLifetime
    {
        private readonly CommandListener _listening = new();
        private CarillonApp _app = null!;

        public async ValueTask InitializeAsync()
        {
            _app = await CarillonApp.StartAsync(Store.Postgres, settings: ("Carillon:RateLimits:Enabled", "false"));
            _listening.ListenTo(_app.ConnectionString);
            await ExecuteAsync(Fill.Replace("{environment}", _app.EnvironmentId, StringComparison.Ordinal));
            await ExecuteAsync("ANALYZE");
        }

        public ValueTask DisposeAsync()
        {
            _listening.Dispose();
            return _app.DisposeAsync();
        }

        internal async Task<IReadOnlyList<SentCommand>> CommandsOfAsync(string path)
        {
            var commands = await _listening.HearAsync(async () => Assert.Equal(HttpStatusCode.OK, (await _app.Api.GetAsync(path)).StatusCode));
            Assert.NotEmpty(commands);
            return [.. commands.Where(command => Large.Any(table => command.Sql.Contains($"FROM {table}", StringComparison.Ordinal)))];
        }

        internal Task<JsonElement> ExplainAsync(SentCommand command) => QueryPlan.OfAsync(_app.ConnectionString, command);

        private async Task ExecuteAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(_app.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
            await command.ExecuteNonQueryAsync();
        }
    }

    // Forty environments, one of them the server's own. Every other round of them gives no transaction ids.
    private const string Fill = """
        CREATE TABLE numbers AS
        SELECT i, '1' || lpad(i::text, 23, '0') AS id, CASE WHEN i % 40 = 3 THEN '{environment}' ELSE 'environment-' || (i % 40) END AS environment
        FROM generate_series(1, 40000) AS i;

        INSERT INTO tenants (id, environment_id, organization_id, identifier, name, created_at, updated_at)
        SELECT id, environment, 'o', 'tenant-' || i, 'n', i, i FROM numbers;
        INSERT INTO layouts (id, environment_id, organization_id, creator_id, name, identifier, content, variables, is_default, created_at, updated_at)
        SELECT id, environment, 'o', 'u', 'n', 'layout-' || i, 'c', '[]', false, i, i FROM numbers;
        INSERT INTO feeds (id, environment_id, organization_id, name, created_at, updated_at)
        SELECT id, environment, 'o', 'feed-' || i, i, i FROM numbers;
        INSERT INTO notification_groups (id, environment_id, organization_id, name, created_at, updated_at)
        SELECT id, environment, 'o', 'n', i, i FROM numbers;
        INSERT INTO workflow_overrides (id, environment_id, organization_id, workflow_id, tenant_id, active, preference_settings, created_at, updated_at)
        SELECT id, environment, 'o', id, id, true, '{"email":true}', i, i FROM numbers;
        INSERT INTO changes (id, environment_id, organization_id, creator_id, type, entity_id, enabled, state, created_at, updated_at)
        SELECT id, environment, 'o', 'u', 'Feed', id, i % 3 = 0, '{"name":"n"}', i, i FROM numbers;
        INSERT INTO workflows (id, environment_id, organization_id, creator_id, notification_group_id, name, identifier, active, critical, tags,
                               preference_settings, version_id, created_at, updated_at)
        SELECT id, environment, 'o', 'u', id, 'n', 'workflow-' || i, true, false, '[]', '{"email":true}', id, i, i FROM numbers;
        INSERT INTO workflow_versions (id, environment_id, workflow_id, identifier, name, critical, channels, tags, preference_settings, steps, trigger, created_at)
        SELECT id, environment, id, 'workflow-' || i, 'n', false, 1 + i % 2, '[]', '{"email":true}', '[]', '{"id":"' || id || '","identifier":"x"}', i FROM numbers;
        INSERT INTO subscribers (id, environment_id, organization_id, external_id, email, created_at, updated_at)
        SELECT id, environment, 'o', 'person-' || i, 'person-' || i || '@example.com', i, i FROM numbers;
        INSERT INTO subscriber_channels (subscriber_id, integration_id, environment_id, provider_id, cipher, created_at)
        SELECT id, id, environment, 'slack', 'sealed elsewhere', i FROM numbers WHERE environment <> '{environment}';
        INSERT INTO subscriber_preferences (bucket, subscriber_id, workflow_id, environment_id, email, created_at, updated_at)
        SELECT 0, id, '', environment, false, i, i FROM numbers;
        INSERT INTO topics (id, environment_id, organization_id, key, name, created_at, updated_at)
        SELECT id, environment, 'o', 'topic-' || i, 'n', i, i FROM numbers;
        INSERT INTO topic_subscribers (id, topic_id, subscriber_id, environment_id, created_at) SELECT id, id, id, environment, i FROM numbers;
        INSERT INTO topic_subscribers (id, topic_id, subscriber_id, environment_id, created_at)
        SELECT '2' || substr(id, 2), '1' || lpad('43', 23, '0'), id, '{environment}', i FROM numbers WHERE i <> 43;
        INSERT INTO events (id, environment_id, organization_id, given_transaction_id, workflow_id, version_id, recipients, content, status, run_count, attempt, created_at)
        SELECT id, environment, 'o', CASE WHEN i / 40 % 2 = 0 THEN 'transaction-' || i END, id, id, '[]', '{"payload":{}}', 1, 1, 0, i FROM numbers;
        INSERT INTO runs (bucket, id, environment_id, event_id, subscriber_id, workflow_id, version_id, status, step, states, trace, attempt,
                          cancel_requested, created_at, updated_at)
        SELECT 0, id, environment, id, id, id, id, 1, 0, '', '[]', 0, false, i, i FROM numbers;
        INSERT INTO messages (bucket, id, environment_id, subscriber_id, run_id, event_id, workflow_id, version_id, step, channel, provider_id, content,
                              status, seen, read, archived, created_at, updated_at)
        SELECT 0, id, environment, id, id, id, id, id, 0, 'in_app', 'novu', 'c', 'sent', false, false, false, i, i FROM numbers;
        INSERT INTO workflow_uses (workflow_id, used_id, environment_id) SELECT id, id, environment FROM numbers;
        DROP TABLE numbers;
        """;
}
