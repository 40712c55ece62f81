using Carillon.Data.Mapping;
using Carillon.Data.Outgoing;
using Carillon.Data.Subscribers;
using Npgsql;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    // What is due goes on as arrays: of a LIMIT it does not know the planner thinks a tenth of the table, and would read all of it.
    // A claim waits for no disk. One that is lost with the server was never made: its event is due, and whoever held it finds that out when
    // a page is committed, which takes everything before it to the disk.
    private static readonly string ClaimEvents = $"""
        WITH RECURSIVE {TurnStatements.WithEvents},
        share(events) AS (SELECT least(@each, greatest(1, @limit / greatest(1, count(*)))) FROM waiting WHERE environment_id IS NOT NULL),
        due AS MATERIALIZED (
          SELECT mine.id, mine.due_at
          FROM waiting w CROSS JOIN LATERAL (
            SELECT id, due_at FROM events
            WHERE large = @large AND environment_id = w.environment_id AND due_at <= @now
            ORDER BY due_at LIMIT (SELECT events FROM share) FOR UPDATE SKIP LOCKED) mine
          WHERE w.environment_id IS NOT NULL AND w.environment_id <> ALL(@excepts)
          LIMIT @limit),
        taken AS (
          UPDATE events e SET due_at = @until, lease_token = @token
          FROM unnest(ARRAY(SELECT id FROM due), ARRAY(SELECT due_at FROM due)) AS d(id, was_due)
          WHERE e.id = d.id
          RETURNING {Rows.Qualified("e", Rows.EventColumns)}, d.was_due)
        SELECT {Rows.EventColumns} FROM taken, set_config('synchronous_commit', 'off', true) AS unflushed ORDER BY was_due
        """;

    private static readonly string FindSubscribers = $"""
        SELECT {Rows.Qualified("s", Rows.SubscriberColumns)}
        FROM unnest(@ids) AS v(external_id) CROSS JOIN LATERAL (
          SELECT * FROM subscribers WHERE environment_id = @environment AND external_id = v.external_id LIMIT 1) s
        """;

    // The bound is said of both sides: a merge of the two would otherwise read everybody before it, on every page.
    private static readonly string TopicMembers = $"""
        SELECT {Rows.Qualified("s", Rows.SubscriberColumns)}
        FROM topic_subscribers t JOIN subscribers s ON s.id = t.subscriber_id AND s.environment_id = t.environment_id
        WHERE t.topic_id = @topic AND t.environment_id = @environment AND t.subscriber_id > @after AND s.id > @after AND s.deleted_at IS NULL
        ORDER BY t.subscriber_id LIMIT @limit
        """;

    private static readonly string Everybody = $"""
        SELECT {Rows.SubscriberColumns} FROM subscribers
        WHERE environment_id = @environment AND id > @after AND deleted_at IS NULL
        ORDER BY id LIMIT @limit
        """;

    private const string SaveSubscribers = """
        INSERT INTO subscribers (id, environment_id, organization_id, external_id, first_name, last_name, email, phone, avatar,
                                 locale, timezone, data, created_at, updated_at)
        SELECT * FROM unnest(@ids, @environments, @organizations, @externals, @firsts, @lasts, @emails, @phones, @avatars,
                             @locales, @timezones, @datas, @created, @updated)
        ON CONFLICT (environment_id, external_id) DO UPDATE SET
          first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email, phone = excluded.phone,
          avatar = excluded.avatar, locale = excluded.locale, timezone = excluded.timezone, data = excluded.data,
          updated_at = excluded.updated_at, deleted_at = NULL
        """;

    private const string WithRun =
        "SELECT subscriber_id FROM runs WHERE environment_id = @environment AND event_id = @event AND subscriber_id = ANY(@ids)";

    private const string Progress = """
        UPDATE events e SET status = v.status, cursor = v.cursor, due_at = v.due_at, lease_token = CASE WHEN v.keep THEN e.lease_token END,
          large = v.large,
          run_count = e.run_count + v.runs::int, problems = v.problems, attempt = v.attempt
        FROM unnest(@ids, @environments, @tokens, @keeps, @statuses, @cursors, @dues, @runs, @problems, @attempts, @larges)
          AS v(id, environment_id, token, keep, status, cursor, due_at, runs, problems, attempt, large)
        WHERE e.id = v.id AND e.environment_id = v.environment_id AND e.lease_token = v.token AND e.status = 0
        RETURNING e.id
        """;

    private const string ReleaseEvents = """
        UPDATE events e SET due_at = @now
        FROM unnest(@ids, @environments, @tokens) AS v(id, environment_id, token)
        WHERE e.id = v.id AND e.environment_id = v.environment_id AND e.lease_token = v.token AND e.due_at IS NOT NULL
        """;

    public Task<IReadOnlyList<Event>> ClaimEventsAsync(EventClaim claim, CancellationToken ct) =>
        QueryAsync(
            ClaimEvents, Rows.Event, ct,
            [
                .. ClaimParameters(claim.Claim),
                new NpgsqlParameter<bool>("large", claim.Large),
                Text("after", claim.After),
                Big("each", claim.Each),
                Texts("excepts", claim.Except),
            ]);

    public Task<IReadOnlyList<Subscriber>> FindSubscribersAsync(
        string environmentId, IReadOnlyCollection<string> externalIds, CancellationToken ct) =>
        QueryAsync(FindSubscribers, Rows.Subscriber, ct, Text("environment", environmentId), Texts("ids", externalIds));

    public Task SaveSubscribersAsync(IReadOnlyList<Subscriber> subscribers, IReadOnlyList<OutgoingEvent> news, CancellationToken ct) =>
        news.Count == 0
            ? ExecuteAsync(SaveSubscribers, ct, SubscriberParameters(subscribers))
            : InTransactionAsync(
                async connection =>
                {
                    await CopyAsync(connection, Outgoing, news, ct);
                    return await ExecuteAsync(connection, SaveSubscribers, ct, SubscriberParameters(subscribers));
                },
                ct);

    private static NpgsqlParameter[] SubscriberParameters(IReadOnlyList<Subscriber> subscribers)
    {
        // One statement cannot write a row twice, so the last word on a person is found first. The order keeps two saves of the
        // same people from waiting for each other in a circle.
        var rows = subscribers
            .GroupBy(s => (s.ExternalId, s.EnvironmentId))
            .Select(same => same.Last())
            .OrderBy(s => s.ExternalId, StringComparer.Ordinal).ThenBy(s => s.EnvironmentId, StringComparer.Ordinal)
            .ToList();
        return
        [
            Texts("ids", rows.Select(s => s.Id)),
            Texts("environments", rows.Select(s => s.EnvironmentId)),
            Texts("organizations", rows.Select(s => s.OrganizationId)),
            Texts("externals", rows.Select(s => s.ExternalId)),
            Texts("firsts", rows.Select(s => s.FirstName)),
            Texts("lasts", rows.Select(s => s.LastName)),
            Texts("emails", rows.Select(s => s.Email)),
            Texts("phones", rows.Select(s => s.Phone)),
            Texts("avatars", rows.Select(s => s.Avatar)),
            Texts("locales", rows.Select(s => s.Locale)),
            Texts("timezones", rows.Select(s => s.Timezone)),
            Texts("datas", rows.Select(s => s.Data is { } data ? JsonColumn.Write(data) : null)),
            Bigs("created", rows.Select(s => (long?)Rows.Milliseconds(s.CreatedAt))),
            Bigs("updated", rows.Select(s => (long?)Rows.Milliseconds(s.UpdatedAt))),
        ];
    }

    public Task<IReadOnlyList<Subscriber>> TopicMembersAsync(
        string environmentId, string topicId, string after, int limit, CancellationToken ct) =>
        QueryAsync(
            TopicMembers, Rows.Subscriber, ct,
            Text("environment", environmentId), Text("topic", topicId), Text("after", after), Big("limit", limit));

    public Task<IReadOnlyList<Subscriber>> EverybodyAsync(string environmentId, string after, int limit, CancellationToken ct) =>
        QueryAsync(Everybody, Rows.Subscriber, ct, Text("environment", environmentId), Text("after", after), Big("limit", limit));

    public Task<int> ReleaseEventsAsync(IReadOnlyCollection<Event> claimed, DateTimeOffset now, CancellationToken ct) =>
        ExecuteAsync(
            ReleaseEvents, ct,
            Texts("ids", claimed.Select(e => e.Id)),
            Texts("environments", claimed.Select(e => e.EnvironmentId)),
            Bigs("tokens", claimed.Select(e => e.LeaseToken)),
            Big("now", Rows.Milliseconds(now)));

    public async Task<IReadOnlySet<string>> WithRunAsync(
        string environmentId, string eventId, IReadOnlyCollection<string> subscriberIds, CancellationToken ct)
    {
        var rows = await QueryAsync(
            WithRun, row => row.GetString(0), ct,
            Text("environment", environmentId), Text("event", eventId), Texts("ids", subscriberIds));
        return rows.ToHashSet();
    }

    public Task<IReadOnlySet<string>> CommitPageAsync(ExpansionPage page, CancellationToken ct) =>
        InTransactionAsync<IReadOnlySet<string>>(
            async connection =>
            {
                var held = await ProgressAsync(connection, page, ct);
                await GatherAsync(connection, page.Gatherings.Where(one => held.Contains(one.Run.EventId)), ct);
                await CopyAsync(connection, Runs, page.Runs.Where(run => held.Contains(run.EventId)), ct);
                await CopyAsync(connection, Messages, page.Messages.Where(message => held.Contains(message.EventId)), ct);
                await CopyAsync(connection, Outgoing, page.News.Where(news => held.Contains(news.EventId)).Select(news => news.Event), ct);
                return held;
            },
            ct);

    private static async Task<HashSet<string>> ProgressAsync(NpgsqlConnection connection, ExpansionPage page, CancellationToken ct)
    {
        var held = await QueryAsync(
            connection,
            Progress,
            row => row.GetString(0),
            ct,
            Texts("ids", page.Events.Select(e => e.EventId)),
            Texts("environments", page.Events.Select(e => e.EnvironmentId)),
            Bigs("tokens", page.Events.Select(e => (long?)e.Token)),
            new NpgsqlParameter<bool[]>("keeps", [.. page.Events.Select(e => e.Keep)]),
            Smalls("statuses", page.Events.Select(e => (short)e.Status)),
            Texts("cursors", page.Events.Select(e => e.Cursor)),
            Bigs("dues", page.Events.Select(e => Rows.Milliseconds(e.DueAt))),
            Bigs("runs", page.Events.Select(e => (long?)e.RunsAdded)),
            Texts("problems", page.Events.Select(e => e.Problems)),
            Smalls("attempts", page.Events.Select(e => e.Attempt)),
            new NpgsqlParameter<bool[]>("larges", [.. page.Events.Select(e => e.Large)]));
        return [.. held];
    }

    private static NpgsqlParameter[] ClaimParameters(Claim claim) =>
    [
        Big("now", Rows.Milliseconds(claim.Now)),
        Big("until", Rows.Milliseconds(claim.Until)),
        Big("token", claim.Token),
        Big("limit", claim.Limit),
    ];
}
