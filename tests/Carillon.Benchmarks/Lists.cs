using System.Diagnostics;
using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// The lists of an environment that has grown large: a million subscribers, notifications and messages and ten thousand workflows, unless
/// <c>CARILLON_BENCH_ROWS</c> says how many. One of each is made through the API, and the others are copies of it.
/// </summary>
internal sealed class Lists(ThrowAwayStore store, ServerProcess server, Client client)
{
    private const int PerWorkflow = 100;
    private const int PerEvent = 10;
    private const int PageSize = 10;
    private const int Connections = 2;

    private static readonly long Rows = long.Parse(Environment.GetEnvironmentVariable("CARILLON_BENCH_ROWS") ?? "1000000", CultureInfo.InvariantCulture);
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await FillAsync();
        List<Measure> measures = [];
        foreach (var (name, path) in FirstPages) measures.AddRange(await ReadAsync(name, path, asked: 20));
        foreach (var (name, path) in Others) measures.AddRange(await ReadAsync(name, path, asked: null));
        return measures;
    }

    private static long LastPage => (Rows / PageSize) - 1;

    private static (string Name, Func<string> Path)[] FirstPages =>
    [
        ("subscribers, first page", () => "/v1/subscribers"),
        ("subscribers by cursor, first page", () => "/v2/subscribers"),
        ("notifications, first page", () => "/v1/notifications"),
        ("notifications of somebody", () => $"/v1/notifications?subscriberIds={Somebody()}"),
        ("messages, first page", () => "/v1/messages"),
        ("messages of somebody", () => $"/v1/messages?subscriberId={Somebody()}"),
        ("workflows, first page", () => "/v1/workflows"),
        ("topics, first page", () => "/v1/topics"),
    ];

    private static (string Name, Func<string> Path)[] Others =>
    [
        ("notifications of a channel", () => "/v1/notifications?channels=in_app"),
        ("notifications of one workflow", () => $"/v1/notifications?templates={IdOf(Random.Shared.NextInt64(1, Rows / PerWorkflow))}"),
        ("workflows with a word", () => "/v1/workflows?query=copy-77"),
        ("subscribers by e-mail", () => $"/v2/subscribers?email={Somebody()}@example.com"),
        ("subscribers with a part of a name", () => "/v2/subscribers?name=somebody"),
        ("notifications with a part of an address", () => $"/v1/notifications?search={Somebody()}@ex"),
        ("subscribers, page 1,000", () => "/v1/subscribers?page=1000"),
        ("subscribers, last page", () => $"/v1/subscribers?page={LastPage}"),
        ("notifications, page 1,000", () => "/v1/notifications?page=1000"),
        ("notifications, last page", () => $"/v1/notifications?page={LastPage}"),
        ("messages, page 1,000", () => "/v1/messages?page=1000"),
        ("messages, last page", () => $"/v1/messages?page={LastPage}"),
        ("workflows, last page", () => $"/v1/workflows?page={(Rows / PerWorkflow / PageSize) - 1}"),
    ];

    private static string Somebody() => $"copy-{Random.Shared.NextInt64(1, Rows)}";

    // As the server makes them: time, bucket, process, counter. All of them lie in the past.
    private static string IdOf(long row) => string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000 + row:x8}{row % 256:x2}0badcafe{row * 4:x6}");

    private async Task FillAsync()
    {
        await server.StartAsync();
        await client.SignUpAsync();
        var workflow = await client.CreateWorkflowAsync("Order", new { type = "in_app", content = "Order {{order}}" });
        await client.SubscribeAsync(["original"]);
        await client.JoinAsync("all", ["original"]);
        await client.PostAsync("/v1/events/trigger", new { name = workflow, to = "original", payload = new { order = 17 } });
        await store.SettledAsync(TimeSpan.FromMinutes(1));

        var watch = Stopwatch.StartNew();
        await using var connection = await store.OpenAsync();
        await using var fill = ThrowAwayStore.Command(connection, Copies);
        fill.CommandTimeout = 1800;
        await fill.ExecuteNonQueryAsync();
        foreach (var table in new[] { "subscribers", "topics", "workflows", "workflow_versions", "events", "runs", "messages" })
        {
            await using var vacuum = ThrowAwayStore.Command(connection, $"VACUUM ANALYZE {table}");
            vacuum.CommandTimeout = 600;
            await vacuum.ExecuteNonQueryAsync();
        }

        Console.Error.WriteLine($"{Rows} rows were made in {watch.Elapsed.TotalSeconds:0} s");
        await AuditAsync();
    }

    private async Task AuditAsync()
    {
        foreach (var (table, expected) in new[] { ("subscribers", Rows), ("runs", Rows), ("messages", Rows), ("workflows", Rows / PerWorkflow) })
        {
            var found = await store.CountAsync($"SELECT count(*) FROM {table} WHERE environment_id = @p1", client.EnvironmentId);
            if (found != expected + 1) throw new AuditException($"There are {found} {table}.");
        }
    }

    // What is copied is read once and kept: looked for again with every copy, it would be looked for among all copies.
    private static string Copies => string.Create(CultureInfo.InvariantCulture, $$"""
        CREATE TEMP TABLE numbers AS
        SELECT i, i % 256 AS bucket,
               lpad(to_hex(1700000000 + i), 8, '0') || lpad(to_hex(i % 256), 2, '0') || '0badcafe' || lpad(to_hex(i * 4), 6, '0') AS id,
               lpad(to_hex(1700000000 + i % {{Rows / PerWorkflow}}), 8, '0') || lpad(to_hex(i % {{Rows / PerWorkflow}} % 256), 2, '0') || '0badcafe'
                   || lpad(to_hex(i % {{Rows / PerWorkflow}} * 4), 6, '0') AS workflow,
               lpad(to_hex(1700000000 + i / {{PerEvent}}), 8, '0') || lpad(to_hex(i / {{PerEvent}} % 256), 2, '0') || '0badcafe'
                   || lpad(to_hex(i / {{PerEvent}} * 4), 6, '0') AS event
        FROM generate_series(0::bigint, {{Rows}}) AS i;

        WITH original AS MATERIALIZED (SELECT one FROM subscribers AS one WHERE external_id = 'original')
        INSERT INTO subscribers SELECT made.* FROM original CROSS JOIN numbers CROSS JOIN LATERAL jsonb_populate_record(one,
            jsonb_build_object('id', numbers.id, 'external_id', 'copy-' || i, 'email', 'copy-' || i || '@example.com')) AS made
        WHERE i > 0;

        WITH original AS MATERIALIZED (SELECT one FROM topics AS one WHERE key = 'all')
        INSERT INTO topics SELECT made.* FROM original CROSS JOIN numbers CROSS JOIN LATERAL jsonb_populate_record(one,
            jsonb_build_object('id', numbers.id, 'key', 'copy-' || i)) AS made
        WHERE i BETWEEN 1 AND {{Rows / PerWorkflow}};

        WITH original AS MATERIALIZED (SELECT one FROM workflow_versions AS one)
        INSERT INTO workflow_versions SELECT made.* FROM original CROSS JOIN numbers CROSS JOIN LATERAL jsonb_populate_record(one,
            jsonb_build_object('id', numbers.id, 'workflow_id', numbers.id)) AS made
        WHERE i < {{Rows / PerWorkflow}};

        WITH original AS MATERIALIZED (SELECT one FROM workflows AS one)
        INSERT INTO workflows SELECT made.* FROM original CROSS JOIN numbers CROSS JOIN LATERAL jsonb_populate_record(one,
            jsonb_build_object('id', numbers.id, 'version_id', numbers.id, 'name', 'Copy-' || i, 'identifier', 'copy-' || i, 'created_at', (one).created_at - i)) AS made
        WHERE i < {{Rows / PerWorkflow}};

        WITH original AS MATERIALIZED (SELECT one FROM events AS one)
        INSERT INTO events SELECT made.* FROM original CROSS JOIN numbers CROSS JOIN LATERAL jsonb_populate_record(one,
            jsonb_build_object('id', numbers.id, 'given_transaction_id', 'copy-' || i, 'created_at', (one).created_at - i)) AS made
        WHERE i <= {{Rows / PerEvent}};

        WITH original AS MATERIALIZED (SELECT one FROM runs AS one)
        INSERT INTO runs SELECT made.* FROM original CROSS JOIN numbers CROSS JOIN LATERAL jsonb_populate_record(one, jsonb_build_object(
            'bucket', numbers.bucket, 'id', numbers.id, 'event_id', event, 'subscriber_id', numbers.id, 'workflow_id', workflow, 'version_id', workflow)) AS made
        WHERE i > 0;

        WITH original AS MATERIALIZED (SELECT one FROM messages AS one)
        INSERT INTO messages SELECT made.* FROM original CROSS JOIN numbers CROSS JOIN LATERAL jsonb_populate_record(one, jsonb_build_object(
            'bucket', numbers.bucket, 'id', overlay(numbers.id placing lpad(to_hex(i * 4 + 1), 6, '0') from 19), 'run_id', numbers.id, 'event_id', event,
            'subscriber_id', numbers.id, 'workflow_id', workflow, 'version_id', workflow)) AS made
        WHERE i > 0;
        """);

    private async Task<IEnumerable<Measure>> ReadAsync(string name, Func<string> path, double? asked)
    {
        await CallAsync(path, Warming);
        var timings = await CallAsync(path, Duration);
        return
        [
            Measure.Of($"{name}, p50", timings.At(0.5), "ms"),
            asked is { } limit ? Measure.AtMost($"{name}, p99", timings.At(0.99), limit, "ms") : Measure.Of($"{name}, p99", timings.At(0.99), "ms"),
        ];
    }

    private async Task<Timings> CallAsync(Func<string> path, TimeSpan duration)
    {
        var timings = new Timings();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            await using var connection = await KeyedConnection.OpenAsync(server.Address, $"ApiKey {client.ApiKey}");
            while (watch.Elapsed < duration)
            {
                var started = watch.Elapsed;
                await connection.GetAsync(path());
                timings.Add(watch.Elapsed - started);
            }
        }));
        return timings;
    }
}
