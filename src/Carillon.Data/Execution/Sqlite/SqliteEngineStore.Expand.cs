using Carillon.Data.Mapping;
using Carillon.Data.Outgoing;
using Carillon.Data.Subscribers;
using Microsoft.Data.Sqlite;

namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    private static readonly string EnvironmentsWithEvents =
        $"WITH RECURSIVE {TurnStatements.WithEvents} SELECT environment_id FROM waiting WHERE environment_id IS NOT NULL";

    // Read first, because RETURNING has no order.
    private const string DueEvents = """
        SELECT id FROM events WHERE large = @large AND environment_id = @environment AND due_at <= @now ORDER BY due_at LIMIT @limit
        """;

    private static readonly string ClaimEvents = $"""
        UPDATE events SET due_at = @until, lease_token = @token
        WHERE id IN (SELECT value FROM json_each(@ids))
        RETURNING {Rows.EventColumns}
        """;

    private static readonly string FindSubscribers = $"""
        SELECT {Rows.SubscriberColumns} FROM subscribers
        WHERE environment_id = @environment AND external_id IN (SELECT value FROM json_each(@ids))
        """;

    private static readonly string TopicMembers = $"""
        SELECT {Rows.Qualified("s", Rows.SubscriberColumns)}
        FROM topic_subscribers t JOIN subscribers s ON s.id = t.subscriber_id AND s.environment_id = t.environment_id
        WHERE t.topic_id = @topic AND t.environment_id = @environment AND t.subscriber_id > @after AND s.deleted_at IS NULL
        ORDER BY t.subscriber_id LIMIT @limit
        """;

    private static readonly string Everybody = $"""
        SELECT {Rows.SubscriberColumns} FROM subscribers
        WHERE environment_id = @environment AND id > @after AND deleted_at IS NULL
        ORDER BY id LIMIT @limit
        """;

    private static readonly string SaveSubscriber = $"""
        INSERT INTO subscribers (id, environment_id, organization_id, external_id, first_name, last_name, email, phone, avatar,
                                 locale, timezone, data, created_at, updated_at)
        VALUES ({PreparedRow.Placeholders(14)})
        ON CONFLICT (environment_id, external_id) DO UPDATE SET
          first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email, phone = excluded.phone,
          avatar = excluded.avatar, locale = excluded.locale, timezone = excluded.timezone, data = excluded.data,
          updated_at = excluded.updated_at, deleted_at = NULL
        """;

    private const string WithRun = """
        SELECT subscriber_id FROM runs
        WHERE environment_id = @environment AND event_id = @event AND subscriber_id IN (SELECT value FROM json_each(@ids))
        """;

    private const string Progress = """
        UPDATE events SET status = @p1, cursor = @p2, due_at = @p3, lease_token = CASE WHEN @p10 THEN lease_token END, large = @p11, run_count = run_count + @p4,
          problems = @p5, attempt = @p6
        WHERE id = @p7 AND environment_id = @p8 AND lease_token = @p9 AND status = 0
        """;

    private const string ReleaseEvent =
        "UPDATE events SET due_at = @p1 WHERE id = @p2 AND environment_id = @p3 AND lease_token = @p4 AND due_at IS NOT NULL";

    public Task<IReadOnlyList<Event>> ClaimEventsAsync(EventClaim claim, CancellationToken ct) =>
        InTransactionAsync<IReadOnlyList<Event>>(
            async connection =>
            {
                var due = await DueEventsAsync(connection, claim, ct);
                var taken = await QueryAsync(
                    connection, ClaimEvents, Rows.Event, ct,
                    ("@until", Rows.Milliseconds(claim.Claim.Until)), ("@token", claim.Claim.Token), ("@ids", Json(due)));
                return [.. due.Join(taken, id => id, e => e.Id, (_, e) => e)];
            },
            ct);

    private static async Task<List<string>> DueEventsAsync(SqliteConnection connection, EventClaim claim, CancellationToken ct)
    {
        var environments = await QueryAsync(
            connection, EnvironmentsWithEvents, row => row.GetString(0), ct, ("@large", claim.Large), ("@after", claim.After));
        var share = TurnStatements.Share(claim, environments.Count);
        List<string> due = [];
        foreach (var environment in environments.Except(claim.Except))
        {
            var room = Math.Min(share, claim.Claim.Limit - due.Count);
            if (room == 0) break;

            due.AddRange(await QueryAsync(
                connection, DueEvents, row => row.GetString(0), ct,
                ("@large", claim.Large), ("@environment", environment), ("@now", Rows.Milliseconds(claim.Claim.Now)), ("@limit", room)));
        }

        return due;
    }

    public Task<IReadOnlyList<Subscriber>> FindSubscribersAsync(
        string environmentId, IReadOnlyCollection<string> externalIds, CancellationToken ct) =>
        QueryAsync(FindSubscribers, Rows.Subscriber, ct, ("@environment", environmentId), ("@ids", Json(externalIds)));

    public Task SaveSubscribersAsync(IReadOnlyList<Subscriber> subscribers, IReadOnlyList<OutgoingEvent> news, CancellationToken ct) =>
        InTransactionAsync(
            connection =>
            {
                using var save = new PreparedRow(connection, SaveSubscriber, 14);
                InsertEvents(connection, news);
                return Task.FromResult(subscribers.Sum(subscriber => Save(save, subscriber)));
            },
            ct);

    public Task<IReadOnlyList<Subscriber>> TopicMembersAsync(
        string environmentId, string topicId, string after, int limit, CancellationToken ct) =>
        QueryAsync(
            TopicMembers, Rows.Subscriber, ct,
            ("@environment", environmentId), ("@topic", topicId), ("@after", after), ("@limit", limit));

    public Task<IReadOnlyList<Subscriber>> EverybodyAsync(string environmentId, string after, int limit, CancellationToken ct) =>
        QueryAsync(Everybody, Rows.Subscriber, ct, ("@environment", environmentId), ("@after", after), ("@limit", limit));

    public Task<int> ReleaseEventsAsync(IReadOnlyCollection<Event> claimed, DateTimeOffset now, CancellationToken ct) =>
        InTransactionAsync(
            connection =>
            {
                using var release = new PreparedRow(connection, ReleaseEvent, 4);
                return Task.FromResult(claimed.Sum(e => release.Execute(Rows.Milliseconds(now), e.Id, e.EnvironmentId, e.LeaseToken)));
            },
            ct);

    public async Task<IReadOnlySet<string>> WithRunAsync(
        string environmentId, string eventId, IReadOnlyCollection<string> subscriberIds, CancellationToken ct)
    {
        var rows = await QueryAsync(
            WithRun, row => row.GetString(0), ct,
            ("@environment", environmentId), ("@event", eventId), ("@ids", Json(subscriberIds)));
        return rows.ToHashSet();
    }

    public Task<IReadOnlySet<string>> CommitPageAsync(ExpansionPage page, CancellationToken ct) =>
        InTransactionAsync<IReadOnlySet<string>>(
            connection =>
            {
                var held = ProgressAll(connection, page);
                Gather(connection, page.Gatherings.Where(one => held.Contains(one.Run.EventId)));
                InsertRuns(connection, page.Runs.Where(run => held.Contains(run.EventId)));
                InsertMessages(connection, page.Messages.Where(message => held.Contains(message.EventId)));
                InsertEvents(connection, page.News.Where(news => held.Contains(news.EventId)).Select(news => news.Event));
                return Task.FromResult<IReadOnlySet<string>>(held);
            },
            ct);

    private static HashSet<string> ProgressAll(SqliteConnection connection, ExpansionPage page)
    {
        using var progress = new PreparedRow(connection, Progress, 11);
        return
        [
            .. page.Events
                .Where(e => progress.Execute(
                    (short)e.Status, e.Cursor, Rows.Milliseconds(e.DueAt), e.RunsAdded, e.Problems, e.Attempt,
                    e.EventId, e.EnvironmentId, e.Token, e.Keep, e.Large) > 0)
                .Select(e => e.EventId),
        ];
    }

    private static int Save(PreparedRow save, Subscriber s) => save.Execute(
        s.Id, s.EnvironmentId, s.OrganizationId, s.ExternalId, s.FirstName, s.LastName, s.Email, s.Phone, s.Avatar, s.Locale,
        s.Timezone, s.Data is { } data ? JsonColumn.Write(data) : null,
        Rows.Milliseconds(s.CreatedAt), Rows.Milliseconds(s.UpdatedAt));
}
