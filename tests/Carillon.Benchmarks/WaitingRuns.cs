using System.Globalization;
using Carillon.Driving;

namespace Carillon.Benchmarks;

/// <summary>
/// Runs that wait in a delay, by the million: copies of one that came there by itself. Their indexes are taken away meanwhile and made anew,
/// which ends in the same and is over sooner. Those at the end become due one after another, the others tomorrow.
/// </summary>
internal sealed class WaitingRuns(ThrowAwayStore store, Client client, long count, int due)
{
    private const int PerEvent = 1_000;

    /// <summary>Over which time those that become due are spread.</summary>
    public static readonly TimeSpan Spread = TimeSpan.FromSeconds(20);

    // Nobody tells the engine of times that are changed by hand: beyond its longest rest, and what changing them takes.
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(40);

    private const string Late = "SELECT count(*) FROM bench_due d JOIN runs r ON r.bucket = d.bucket AND r.id = d.id WHERE r.status = 1";

    private const string Columns =
        "bucket, id, environment_id, event_id, subscriber_id, workflow_id, version_id, status, step, states, trace, due_at, lease_token, attempt, "
        + "cancel_requested, resumes_at, digest_id, large, created_at, updated_at";

    public async Task FillAsync()
    {
        var workflow = await CreateAsync();
        await client.SubscribeAsync(Enumerable.Range(0, PerEvent).Select(number => $"waits-{number}"));
        await client.PostAsync("/v1/events/trigger", new { name = workflow, to = "waits-0", payload = new { order = 1 }, transactionId = "waits" });
        await Wait.UntilAsync(async () => await store.CountAsync("SELECT count(*) FROM runs WHERE status = 0") == 1, TimeSpan.FromMinutes(1));

        // A run that waits for the next day is nothing that the engine looks at, so it may be on meanwhile.
        var indexes = await store.ListAsync<string>("SELECT indexdef FROM pg_indexes WHERE tablename = 'runs' AND indexname <> 'pk_runs'");
        var names = await store.ListAsync<string>("SELECT indexname::text FROM pg_indexes WHERE tablename = 'runs' AND indexname <> 'pk_runs'");
        await Crowd.RunAsync(store, string.Join(';', names.Select(name => $"DROP INDEX {name}")));
        await Crowd.RunAsync(store, EventCopies);
        await Crowd.RunAsync(store, RunCopies);
        foreach (var index in indexes) await Crowd.RunAsync(store, $"SET maintenance_work_mem = '1GB'; {index}");
        await Crowd.RunAsync(store, "VACUUM ANALYZE runs");
        await Crowd.RunAsync(store, "VACUUM ANALYZE events");
        await Crowd.RunAsync(store, "CHECKPOINT");

        var waiting = await store.CountAsync("SELECT count(*) FROM runs WHERE due_at IS NOT NULL");
        if (waiting != count) throw new AuditException($"{waiting} runs wait.");
    }

    /// <summary>Has the last so many become due soon, each at a time of its own, which is kept beside them.</summary>
    public async Task HurryAsync()
    {
        await Crowd.RunAsync(store, string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TABLE bench_due AS
            SELECT bucket, id, (extract(epoch FROM clock_timestamp()) * 1000 + {Ahead.TotalMilliseconds}
                + row_number() OVER (ORDER BY md5(id)) * {Spread.TotalMilliseconds / due})::bigint AS due_at
            FROM (SELECT bucket, id FROM runs WHERE due_at IS NOT NULL ORDER BY due_at DESC LIMIT {due}) AS last
            """));
        await Crowd.RunAsync(store, """
            ANALYZE bench_due;
            UPDATE runs r SET due_at = d.due_at FROM bench_due d WHERE r.bucket = d.bucket AND r.id = d.id
            """);
    }

    /// <summary>How much later than its time each was committed, by the database's clock, once all of them are.</summary>
    public async Task<Timings> LatenessAsync()
    {
        await Wait.UntilAsync(async () => await store.CountAsync(Late) >= due, Ahead + Spread + TimeSpan.FromMinutes(1));
        var late = await store.ListAsync<double>(
            """
            SELECT (extract(epoch FROM pg_xact_commit_timestamp(m.xmin)) * 1000 - d.due_at)::float8
            FROM bench_due d JOIN messages m ON m.bucket = d.bucket AND m.run_id = d.id
            """);
        if (late.Count != due || late.Min() < 0) throw new AuditException($"{due} were to leave; {late.Count} did, the first {late.Min()} ms behind its time.");

        var timings = new Timings();
        late.ForEach(one => timings.Add(TimeSpan.FromMilliseconds(one)));
        return timings;
    }

    private async Task<string> CreateAsync()
    {
        var group = (await client.GetAsync("/v1/notification-groups"))[0].GetProperty("_id").GetString();
        var made = await client.PostAsync("/v1/workflows", new
        {
            name = "Waits", notificationGroupId = group, active = true, draft = false,
            steps = new object[]
            {
                new { template = new { type = "delay", content = "" }, active = true, metadata = new { type = "regular", amount = 1, unit = "days" } },
                new { template = new { type = "in_app", content = "It is time for {{order}}" }, active = true },
            },
        });
        return made.GetProperty("triggers")[0].GetProperty("identifier").GetString()!;
    }

    private string EventCopies => string.Create(CultureInfo.InvariantCulture, $$"""
        INSERT INTO events SELECT made.* FROM events AS one CROSS JOIN generate_series(1, {{(count / PerEvent) - 1}}) AS i
        CROSS JOIN LATERAL jsonb_populate_record(one, jsonb_build_object(
            'id', overlay(one.id placing 'cafe' || lpad(to_hex(i), 6, '0') from 15), 'given_transaction_id', 'waits-' || i)) AS made
        WHERE one.given_transaction_id = 'waits'
        """);

    // Subscriber after subscriber, and so bucket after bucket, each with one run of every event. The first is there already.
    private const string RunCopies = $"""
        DO $$
        DECLARE r runs; s record;
        BEGIN
          SELECT * INTO r FROM runs WHERE status = 0;
          FOR s IN SELECT id, substr(id, 13, 2) AS hex, row_number() OVER (ORDER BY substr(id, 13, 2), id) AS place
                   FROM subscribers WHERE external_id LIKE 'waits-%' ORDER BY 3 LOOP
            INSERT INTO runs ({Columns})
            SELECT ('x' || s.hex)::bit(8)::int, substr(e.id, 1, 12) || s.hex || 'cafe' || lpad(to_hex(s.place * 16384 + e.place), 6, '0'),
              r.environment_id, e.id, s.id, r.workflow_id, r.version_id, r.status, r.step, r.states, r.trace, r.due_at + s.place * 10000 + e.place,
              r.lease_token, r.attempt, r.cancel_requested, r.resumes_at, r.digest_id, r.large, r.created_at, r.updated_at
            FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM events WHERE given_transaction_id LIKE 'waits%') e
            WHERE NOT (e.id = r.event_id AND s.id = r.subscriber_id)
            ORDER BY e.place;
          END LOOP;
        END $$
        """;

}
