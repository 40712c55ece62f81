using Microsoft.Data.Sqlite;

namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    private const string Arrive = """
        INSERT INTO digest_arrivals (bucket, environment_id, workflow_id, step_id, subscriber_id, key, last_at, expires_at) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
        ON CONFLICT (bucket, environment_id, workflow_id, step_id, subscriber_id, key) DO UPDATE SET previous_at = last_at,
          last_at = max(last_at, excluded.last_at), expires_at = max(expires_at, excluded.expires_at)
        """;

    private const string ArrivedBefore = """
        SELECT previous_at FROM digest_arrivals
        WHERE bucket = @p1 AND environment_id = @p2 AND workflow_id = @p3 AND step_id = @p4 AND subscriber_id = @p5 AND key = @p6
        """;

    private const string OpenDigest = """
        INSERT INTO digests (bucket, environment_id, workflow_id, step_id, subscriber_id, key, id, leader_id, due_at, open) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, 1)
        ON CONFLICT (bucket, environment_id, workflow_id, step_id, subscriber_id, key) WHERE open DO NOTHING
        """;

    private const string OpenDigestAt = """
        SELECT id FROM digests
        WHERE bucket = @p1 AND environment_id = @p2 AND workflow_id = @p3 AND step_id = @p4 AND subscriber_id = @p5 AND key = @p6 AND open
        """;

    private const string BringAlong = "UPDATE digests SET into_id = @p1 WHERE bucket = @p2 AND id = @p3 AND environment_id = @p4";

    /// <summary>Finds out for each run whether it passes, opens a window or joins one, and has it stand accordingly.</summary>
    private static void Gather(SqliteConnection connection, IEnumerable<Gathering> gatherings)
    {
        var places = gatherings.ByPlace();
        if (places.Count == 0) return;

        using var arrive = new PreparedRow(connection, Arrive, 8);
        using var before = new PreparedRow(connection, ArrivedBefore, 6);
        using var open = new PreparedRow(connection, OpenDigest, 9);
        using var find = new PreparedRow(connection, OpenDigestAt, 6);
        using var bring = new PreparedRow(connection, BringAlong, 4);
        foreach (var place in places)
        {
            var entering = place.First().LookBack is null ? place : place.ButPassing(Previous(place));
            foreach (var one in entering)
                Enter(one);
        }

        DateTimeOffset? Previous(IGrouping<DigestPlace, Gathering> place)
        {
            var last = place.Last().LookBack!;
            arrive.Execute([.. Values(place.Key), Rows.Milliseconds(last.At), Rows.Milliseconds(last.ExpiresAt)]);
            return before.Value(Values(place.Key)) is long at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
        }

        void Enter(Gathering one)
        {
            open.Execute([.. Values(one.Place), one.NewDigestId, one.Run.Id, Rows.Milliseconds(one.DueAt)]);
            var window = (string)find.Value(Values(one.Place))!;
            one.Enter(window, leads: window == one.NewDigestId);
            if (one.LedBefore is { } led) bring.Execute(window, one.Run.Bucket, led, one.Run.EnvironmentId);
        }
    }

    private static object[] Values(DigestPlace place) =>
        [place.Bucket, place.EnvironmentId, place.WorkflowId, place.StepId, place.SubscriberId, place.Key];
}
