namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    internal static IReadOnlyList<HotStatement> Statements =>
    [
        new("accept", Accept),
        new("claim events", ClaimEvents),
        new("find subscribers", FindSubscribers),
        new("save subscribers", SaveSubscribers),
        new("topic members", TopicMembers),
        new("everybody", Everybody),
        new("subscribers with a run", WithRun),
        new("progress of events", Progress),
        new("claim runs", ClaimRuns),
        new("events", Events),
        new("subscribers", Subscribers),
        new("preferences", Preferences),
        new("holds", Holds),
        new("hold runs", HoldRuns),
        new("update runs", UpdateRuns),
        new("stop event", StopEvent),
        new("cancel runs", CancelRuns),
        new("arrive at a digest", Arrive),
        new("open digests", OpenDigests),
        new("bring digests along", BringAlong),
        new("close digests", CloseDigests),
        new("digests led", LedDigests),
        new("promote the next", PromoteNext),
        new("digests brought along", BroughtAlong),
        new("digested events", DigestedEvents),
        new("leave digests", LeaveDigests),
        new("next due", NextDueAt),
        new("prune runs", PruneStatements.Runs),
        new("prune digests", PruneStatements.Digests),
        new("prune digest arrivals", PruneStatements.DigestArrivals),
        new("prune in-app messages", PruneStatements.InAppMessages),
        new("prune other messages", PruneStatements.OtherMessages),
        new("prune events", PruneStatements.Events),
        new("prune consumed states", PruneStatements.ConsumedStates),
        new("prune idempotency records", PruneStatements.IdempotencyRecords),
    ];
}
