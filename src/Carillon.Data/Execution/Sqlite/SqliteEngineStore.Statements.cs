namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    internal static IReadOnlyList<HotStatement> Statements =>
    [
        new("accept", Accept),
        new("due events", DueEvents),
        new("claim events", ClaimEvents),
        new("find subscribers", FindSubscribers),
        new("save subscriber", SaveSubscriber),
        new("topic members", TopicMembers),
        new("everybody", Everybody),
        new("subscribers with a run", WithRun),
        new("progress of an event", Progress),
        new("due runs", DueRuns),
        new("claim run", ClaimRun),
        new("events", Events),
        new("subscribers", Subscribers),
        new("preferences", Preferences),
        new("holds", Holds),
        new("update run", UpdateRun),
        new("stop event", StopEvent),
        new("cancel runs", CancelRuns),
        new("next due", NextDueAt),
        new("prune runs", PruneStatements.Runs),
        new("prune in-app messages", PruneStatements.InAppMessages),
        new("prune other messages", PruneStatements.OtherMessages),
        new("prune events", PruneStatements.Events),
        new("prune consumed states", PruneStatements.ConsumedStates),
        new("prune idempotency records", PruneStatements.IdempotencyRecords),
    ];
}
