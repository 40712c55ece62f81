using Npgsql;
using NpgsqlTypes;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    // Repeats come together, from callers that try again after an outage; and one of them costs all of its batch a second writing.
    private const int CarefulBatches = 16;

    private static readonly string Workflows = $"""
        SELECT {Rows.Qualified("w", Rows.WorkflowColumns)}
        FROM unnest(@environments, @ids) AS v(environment_id, identifier)
        JOIN workflows w ON w.environment_id = v.environment_id AND w.identifier = v.identifier AND w.deleted_at IS NULL
        """;

    private const string AcceptedColumns =
        "id, environment_id, organization_id, given_transaction_id, workflow_id, version_id, recipients, content, due_at, created_at, status, run_count, attempt";

    private const string Standing = """
        SELECT count(*) = cardinality(@seen_ids) AS holds
        FROM unnest(@seen_environments, @seen_identifiers, @seen_ids, @seen_versions, @seen_active) AS s(environment_id, identifier, id, version_id, active)
        JOIN workflows w ON w.environment_id = s.environment_id AND w.identifier = s.identifier AND w.deleted_at IS NULL
          AND w.id = s.id AND w.version_id = s.version_id AND w.active = s.active
        """;

    // What all events of a workflow have in common is sent once. Arrays side by side in a select list are walked in step, without a table made of them.
    private const string Offered = """
        unnest(@ids) AS id, unnest(@origins) AS origin, unnest(@transactions) AS given_transaction_id, unnest(@recipients) AS recipients,
        unnest(@contents) AS content, unnest(@dues) AS due_at, unnest(@created) AS created_at
        """;

    private const string OtherValues = """
        (@organizations)[origin], given_transaction_id, (@workflows)[origin], (@versions)[origin],
        recipients, content, due_at, created_at, 0, 0, 0
        """;

    // Nearly all events are new: to write them as if all were, and to begin again where one was not, costs half of looking first.
    private const string AcceptNew = $"""
        INSERT INTO events ({AcceptedColumns})
        SELECT id, (@environments)[origin] AS environment_id, {OtherValues} FROM (SELECT {Offered}) AS e WHERE ({Standing})
        """;

    // Looked up one by one, rather than joined: they are to be written in the order in which they come.
    // The empty id stands for "they do not stand as they were seen"; no event has it.
    private const string Accept = $"""
        WITH standing AS MATERIALIZED ({Standing}),
        accepted AS (
          INSERT INTO events ({AcceptedColumns})
          SELECT id, (@environments)[origin], {OtherValues} FROM (SELECT {Offered}, unnest(@namesakes) AS namesake) AS e
          WHERE (SELECT holds FROM standing) AND (namesake IS NULL OR NOT EXISTS (
            SELECT FROM events n WHERE n.id = namesake AND n.environment_id = (@environments)[origin] AND n.given_transaction_id IS NULL))
          ON CONFLICT (environment_id, given_transaction_id) WHERE given_transaction_id IS NOT NULL DO NOTHING
          RETURNING id)
        SELECT id FROM accepted UNION ALL SELECT '' FROM standing WHERE NOT holds
        """;

    private const string StopEvent = """
        UPDATE events SET status = 2, due_at = NULL, lease_token = NULL
        WHERE environment_id = @environment AND id = @event AND status = 0
        """;

    // Locked in the order in which batches of runs are committed, so that neither ever waits for the other in a circle.
    private const string CancelRuns = """
        WITH running AS MATERIALIZED (
          SELECT bucket, id FROM runs
          WHERE environment_id = @environment AND status = 0 AND NOT cancel_requested AND event_id = @event
          ORDER BY bucket, id FOR UPDATE)
        UPDATE runs r SET cancel_requested = true, due_at = CASE WHEN r.lease_token IS NULL THEN @now ELSE r.due_at END,
          resumes_at = CASE WHEN r.lease_token IS NULL THEN r.due_at END
        FROM running WHERE r.bucket = running.bucket AND r.id = running.id
        """;

    private static readonly NumberedSql AcceptNewNumbered = NumberedSql.Of(AcceptNew);

    private int _carefulBatchesLeft;

    public Task<IReadOnlyList<TriggeredWorkflow>> WorkflowsAsync(IReadOnlyCollection<EnvironmentRow> identifiers, CancellationToken ct) =>
        QueryAsync(Workflows, Rows.Workflow, ct, NamedRows(identifiers));

    public async Task<IReadOnlyList<bool>?> AcceptAsync(
        IReadOnlyList<Event> events, IReadOnlyCollection<TriggeredWorkflow> seen, CancellationToken ct)
    {
        if (events.Count == 0) return [];

        // Two batches with the same transactions in different orders would wait for each other in a circle.
        List<Event> ordered = [.. events.OrderBy(e => e.GivenTransactionId, StringComparer.Ordinal).ThenBy(e => e.EnvironmentId, StringComparer.Ordinal)];
        if (events.Any(e => e.Attachments.Count > 0))
            return Won(events, await InTransactionAsync(connection => InsertWithFilesAsync(connection, events, Careful(), ct), ct));

        if (!events.Any(e => e.NamesakeId is not null) && !TakeCarefulTurn())
        {
            try
            {
                return InsertNew(Parameters()) == 0 ? null : [.. events.Select(_ => true)];
            }
            catch (PostgresException repeated) when (repeated.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                Volatile.Write(ref _carefulBatchesLeft, CarefulBatches);
            }
        }

        return Won(events, [.. await QueryAsync(Accept, row => row.GetString(0), ct, Careful())]);

        NpgsqlParameter[] Parameters() => [.. AcceptParameters(ordered), .. SeenParameters(seen)];
        NpgsqlParameter[] Careful() => [.. Parameters(), Texts("namesakes", ordered.Select(e => e.NamesakeId))];
    }

    // One after another, because the later must see the runs of a page that was being committed while the first waited for it.
    public Task<bool> CancelAsync(string environmentId, string eventId, DateTimeOffset now, CancellationToken ct) =>
        InTransactionAsync(
            async connection =>
            {
                var stopped = await ExecuteAsync(connection, StopEvent, ct, Parameters());
                var cancelled = await ExecuteAsync(connection, CancelRuns, ct, [.. Parameters(), Big("now", Rows.Milliseconds(now))]);
                var left = await LeaveAsync();

                // It may have waited for a window that was being handed over, and not have seen who leads it since; now it does.
                return stopped + cancelled + left > 0 || await LeaveAsync() > 0;

                Task<int> LeaveAsync() =>
                    ExecuteAsync(connection, LeaveDigests, ct, [.. Parameters(), Big("now", Rows.Milliseconds(now))]);

                NpgsqlParameter[] Parameters() => [Text("environment", environmentId), Text("event", eventId)];
            },
            ct);

    private bool TakeCarefulTurn() => Volatile.Read(ref _carefulBatchesLeft) > 0 && Interlocked.Decrement(ref _carefulBatchesLeft) >= 0;

    // Not awaited, on purpose, and so not cancelled either: an awaited answer goes from the thread of the sockets to one of the pool before
    // anybody hears of it; here whoever asked has it at once. At most two threads of a process wait like this at a time.
    private int InsertNew(NpgsqlParameter[] parameters)
    {
        using var command = accepting.CreateCommand(AcceptNewNumbered.Text);
        command.Parameters.AddRange(AcceptNewNumbered.InOrder(parameters));
        return command.ExecuteNonQuery();
    }

    private static IReadOnlyList<bool>? Won(IReadOnlyList<Event> events, HashSet<string> won) =>
        won.Contains("") ? null : [.. events.Select(e => won.Contains(e.Id))];

    private static async Task<HashSet<string>> InsertWithFilesAsync(
        NpgsqlConnection connection, IReadOnlyList<Event> events, NpgsqlParameter[] parameters, CancellationToken ct)
    {
        HashSet<string> won = [.. await QueryAsync(connection, Accept, row => row.GetString(0), ct, parameters)];
        await CopyAsync(connection, Attachments, events.Where(e => won.Contains(e.Id)).SelectMany(e => e.Attachments), ct);
        return won;
    }

    private static NpgsqlParameter[] AcceptParameters(IReadOnlyList<Event> events)
    {
        List<Event> origins = [.. events.DistinctBy(OriginOf)];
        var places = origins.Index().ToDictionary(one => OriginOf(one.Item), one => (short)(one.Index + 1));
        return
        [
            Texts("environments", origins.Select(e => e.EnvironmentId)),
            Texts("organizations", origins.Select(e => e.OrganizationId)),
            Texts("workflows", origins.Select(e => e.WorkflowId)),
            Texts("versions", origins.Select(e => e.VersionId)),
            Smalls("origins", events.Select(e => places[OriginOf(e)])),
            Texts("ids", events.Select(e => e.Id)),
            Texts("transactions", events.Select(e => e.GivenTransactionId)),
            Texts("recipients", events.Select(e => e.Recipients)),
            Texts("contents", events.Select(e => e.Content)),
            Bigs("dues", events.Select(e => Rows.Milliseconds(e.DueAt))),
            Bigs("created", events.Select(e => (long?)Rows.Milliseconds(e.CreatedAt))),
        ];
    }

    // A version is of one workflow, and an environment of one organization.
    private static (string EnvironmentId, string VersionId) OriginOf(Event e) => (e.EnvironmentId, e.VersionId);

    private static NpgsqlParameter[] SeenParameters(IReadOnlyCollection<TriggeredWorkflow> seen) =>
    [
        Texts("seen_environments", seen.Select(workflow => workflow.EnvironmentId)),
        Texts("seen_identifiers", seen.Select(workflow => workflow.Identifier)),
        Texts("seen_ids", seen.Select(workflow => workflow.Id)),
        Texts("seen_versions", seen.Select(workflow => workflow.VersionId)),
        new("seen_active", NpgsqlDbType.Array | NpgsqlDbType.Boolean) { Value = seen.Select(workflow => workflow.Active).ToArray() },
    ];
}
