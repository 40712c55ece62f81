using System.Data.Common;
using Npgsql;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    // Of the time before, a place keeps one, so that whoever comes hears of it in the statement that says it has come.
    private const string Arrive = """
        INSERT INTO digest_arrivals (bucket, environment_id, workflow_id, step_id, subscriber_id, key, last_at, expires_at)
        SELECT bucket, environment_id, workflow_id, step_id, subscriber_id, key, last_at, expires_at
        FROM unnest(@buckets, @environments, @workflows, @stepIds, @subscribers, @keys, @arrivals, @expiries)
          AS v(bucket, environment_id, workflow_id, step_id, subscriber_id, key, last_at, expires_at)
        ON CONFLICT (bucket, environment_id, workflow_id, step_id, subscriber_id, key) DO UPDATE SET previous_at = digest_arrivals.last_at,
          last_at = greatest(digest_arrivals.last_at, excluded.last_at), expires_at = greatest(digest_arrivals.expires_at, excluded.expires_at)
        RETURNING bucket, environment_id, workflow_id, step_id, subscriber_id, key, previous_at
        """;

    // A window that is there is locked by an update that changes nothing: until we commit nobody closes it.
    private const string OpenDigests = """
        INSERT INTO digests (bucket, environment_id, workflow_id, step_id, subscriber_id, key, id, leader_id, due_at, open)
        SELECT bucket, environment_id, workflow_id, step_id, subscriber_id, key, id, leader_id, due_at, true
        FROM unnest(@buckets, @environments, @workflows, @stepIds, @subscribers, @keys, @ids, @leaders, @dues)
          AS v(bucket, environment_id, workflow_id, step_id, subscriber_id, key, id, leader_id, due_at)
        ON CONFLICT (bucket, environment_id, workflow_id, step_id, subscriber_id, key) WHERE open DO UPDATE SET open = true
        RETURNING bucket, environment_id, workflow_id, step_id, subscriber_id, key, id
        """;

    private const string BringAlong = """
        UPDATE digests d SET into_id = v.into_id
        FROM unnest(@buckets, @environments, @ids, @intos) AS v(bucket, environment_id, id, into_id)
        WHERE d.bucket = v.bucket AND d.id = v.id AND d.environment_id = v.environment_id
        """;

    /// <summary>Finds out for each run whether it passes, opens a window or joins one, and has it stand accordingly.</summary>
    private static async Task GatherAsync(NpgsqlConnection connection, IEnumerable<Gathering> gatherings, CancellationToken ct)
    {
        var places = gatherings.ByPlace();
        if (places.Count == 0) return;

        var previous = await ArriveAsync(connection, [.. places.Where(place => place.First().LookBack is not null)], ct);
        var entering = places
            .SelectMany(place => place.First().LookBack is null ? place : place.ButPassing(previous[place.Key]))
            .GroupBy(one => one.Place)
            .ToList();
        if (entering.Count == 0) return;

        var windows = await OpenAsync(connection, [.. entering.Select(place => place.First())], ct);
        foreach (var one in entering.SelectMany(place => place))
            one.Enter(windows[one.Place], leads: windows[one.Place] == one.NewDigestId);
        await BringAlongAsync(connection, [.. entering.SelectMany(place => place).Where(one => one.LedBefore is not null)], ct);
    }

    private static async Task<Dictionary<DigestPlace, DateTimeOffset?>> ArriveAsync(
        NpgsqlConnection connection, IReadOnlyList<IGrouping<DigestPlace, Gathering>> places, CancellationToken ct)
    {
        if (places.Count == 0) return [];

        var rows = await QueryAsync(
            connection, Arrive, row => KeyValuePair.Create(Place(row), Rows.Instant(row, 6)), ct,
            [
                .. PlaceParameters([.. places.Select(place => place.Key)]),
                Bigs("arrivals", places.Select(place => (long?)Rows.Milliseconds(place.Last().LookBack!.At))),
                Bigs("expiries", places.Select(place => (long?)Rows.Milliseconds(place.Last().LookBack!.ExpiresAt))),
            ]);
        return rows.ToDictionary();
    }

    private static async Task<Dictionary<DigestPlace, string>> OpenAsync(
        NpgsqlConnection connection, IReadOnlyList<Gathering> firsts, CancellationToken ct)
    {
        var rows = await QueryAsync(
            connection, OpenDigests, row => KeyValuePair.Create(Place(row), row.GetString(6)), ct,
            [
                .. PlaceParameters([.. firsts.Select(one => one.Place)]),
                Texts("ids", firsts.Select(one => one.NewDigestId)),
                Texts("leaders", firsts.Select(one => one.Run.Id)),
                Bigs("dues", firsts.Select(one => (long?)Rows.Milliseconds(one.DueAt))),
            ]);
        return rows.ToDictionary();
    }

    private static async Task BringAlongAsync(NpgsqlConnection connection, IReadOnlyList<Gathering> led, CancellationToken ct)
    {
        if (led.Count == 0) return;

        await ExecuteAsync(
            connection, BringAlong, ct,
            Smalls("buckets", led.Select(one => one.Run.Bucket)),
            Texts("environments", led.Select(one => one.Run.EnvironmentId)),
            Texts("ids", led.Select(one => one.LedBefore)),
            Texts("intos", led.Select(one => one.Run.DigestId)));
    }

    private static DigestPlace Place(DbDataReader row) =>
        new(row.GetInt16(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5));

    private static NpgsqlParameter[] PlaceParameters(IReadOnlyList<DigestPlace> places) =>
    [
        Smalls("buckets", places.Select(place => place.Bucket)),
        Texts("environments", places.Select(place => place.EnvironmentId)),
        Texts("workflows", places.Select(place => place.WorkflowId)),
        Texts("stepIds", places.Select(place => place.StepId)),
        Texts("subscribers", places.Select(place => place.SubscriberId)),
        Texts("keys", places.Select(place => place.Key)),
    ];
}
