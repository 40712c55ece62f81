namespace Carillon.Data.Execution;

/// <summary>
/// How environments take turns: a walk over those that have a row waiting, one step into an index for each, however many rows there
/// are. The same for both databases.
/// </summary>
internal static class TurnStatements
{
    /// <summary>As many environments as one claim of events looks at.</summary>
    public const int MostEnvironments = 1_000;

    public static readonly string WithEvents = $"""
        waiting(environment_id, place) AS (
          SELECT (SELECT min(e.environment_id) FROM events e WHERE e.large = @large AND e.due_at IS NOT NULL AND e.environment_id > @after), 1
          UNION ALL
          SELECT (SELECT min(e.environment_id) FROM events e WHERE e.large = @large AND e.due_at IS NOT NULL AND e.environment_id > waiting.environment_id),
            waiting.place + 1
          FROM waiting WHERE waiting.environment_id IS NOT NULL AND waiting.place < {MostEnvironments})
        """;

    public const string WithRuns = """
        WITH RECURSIVE waiting(environment_id, place) AS (
          SELECT (SELECT min(r.environment_id) FROM runs r WHERE r.due_at IS NOT NULL AND r.environment_id > @after), 1
          UNION ALL
          SELECT (SELECT min(r.environment_id) FROM runs r WHERE r.due_at IS NOT NULL AND r.environment_id > waiting.environment_id), waiting.place + 1
          FROM waiting WHERE waiting.environment_id IS NOT NULL AND waiting.place < @limit)
        SELECT environment_id FROM waiting WHERE environment_id IS NOT NULL
        """;

    public const string NextDue = """
        WITH RECURSIVE waiting(large, environment_id) AS (
          SELECT false, (SELECT min(e.environment_id) FROM events e WHERE e.large = false AND e.due_at IS NOT NULL)
          UNION ALL
          SELECT true, (SELECT min(e.environment_id) FROM events e WHERE e.large = true AND e.due_at IS NOT NULL)
          UNION ALL
          SELECT waiting.large,
            (SELECT min(e.environment_id) FROM events e WHERE e.large = waiting.large AND e.due_at IS NOT NULL AND e.environment_id > waiting.environment_id)
          FROM waiting WHERE waiting.environment_id IS NOT NULL),
        next(large, due_at) AS (
          SELECT waiting.large, (SELECT min(e.due_at) FROM events e WHERE e.large = waiting.large AND e.environment_id = waiting.environment_id AND e.due_at IS NOT NULL)
          FROM waiting WHERE waiting.environment_id IS NOT NULL)
        SELECT (SELECT min(due_at) FROM next WHERE NOT large), (SELECT min(due_at) FROM next WHERE large),
          (SELECT min(due_at) FROM runs WHERE due_at IS NOT NULL)
        """;

    /// <summary>What each environment gets of a claim.</summary>
    public static int Share(EventClaim claim, int environments) =>
        Math.Min(claim.Each, Math.Max(1, claim.Claim.Limit / Math.Max(1, environments)));
}
