using Npgsql;

namespace Carillon.Data.Execution.Postgres;

public sealed partial class PostgresEngineStore
{
    private const string ReportedMessages = """
        SELECT m.bucket, m.id, m.run_id, m.subscriber_id, m.workflow_id, m.step, m.channel, m.identifier
        FROM unnest(@ids) AS v(identifier)
        JOIN messages m ON m.environment_id = @environment AND m.identifier = v.identifier AND m.identifier IS NOT NULL
        WHERE m.provider_id = @provider
        """;

    private const string SaveReports = """
        INSERT INTO message_reports (bucket, message_id, fingerprint, environment_id, run_id, step, provider_id, status, response, row, at, created_at)
        SELECT * FROM unnest(@buckets, @ids, @fingerprints, @environments, @runIds, @steps, @providers, @statuses, @responses, @rows, @dues, @created)
        ON CONFLICT (bucket, message_id, fingerprint) DO NOTHING
        RETURNING message_id, fingerprint
        """;

    // Locked in the order in which others lock them, so that no two ever wait for each other in a circle.
    private const string TellMessages = """
        WITH v AS MATERIALIZED (
          SELECT bucket, id, environment_id, max(status) AS status
          FROM unnest(@buckets, @ids, @environments, @statuses) AS v(bucket, id, environment_id, status) GROUP BY bucket, id, environment_id),
        held AS MATERIALIZED (
          SELECT m.bucket, m.id FROM v JOIN messages m ON m.bucket = v.bucket AND m.id = v.id AND m.environment_id = v.environment_id
          ORDER BY m.bucket, m.id FOR UPDATE OF m)
        UPDATE messages m SET delivery = greatest(m.delivery, v.status)
        FROM held JOIN v ON v.bucket = held.bucket AND v.id = held.id
        WHERE m.bucket = held.bucket AND m.id = held.id
        """;

    private const string Refuse = """
        INSERT INTO subscriber_preferences (bucket, subscriber_id, workflow_id, environment_id, email, sms, created_at, updated_at)
        SELECT bucket, subscriber_id, workflow_id, environment_id,
               CASE WHEN bool_or(channel = 'email') THEN false END, CASE WHEN bool_or(channel = 'sms') THEN false END, @now, @now
        FROM unnest(@buckets, @subscribers, @workflows, @environments, @channels) AS v(bucket, subscriber_id, workflow_id, environment_id, channel)
        GROUP BY bucket, subscriber_id, workflow_id, environment_id
        ORDER BY bucket, subscriber_id, workflow_id
        ON CONFLICT (bucket, subscriber_id, workflow_id) DO UPDATE SET
          email = coalesce(excluded.email, subscriber_preferences.email), sms = coalesce(excluded.sms, subscriber_preferences.sms),
          updated_at = excluded.updated_at
        """;

    private const string CountReports = """
        INSERT INTO report_counts (environment_id, day, channel, provider_id, status, reports)
        SELECT environment_id, @now / 86400000, channel, provider_id, status, count(*)
        FROM unnest(@environments, @channels, @providers, @statuses) AS v(environment_id, channel, provider_id, status)
        GROUP BY environment_id, channel, provider_id, status
        ORDER BY environment_id, channel, provider_id, status
        ON CONFLICT (environment_id, day, channel, provider_id, status) DO UPDATE SET reports = report_counts.reports + excluded.reports
        """;

    public Task<IReadOnlyList<ReportedMessage>> ReportedMessagesAsync(
        string environmentId, string providerId, IReadOnlyCollection<string> identifiers, CancellationToken ct) =>
        QueryAsync(
            ReportedMessages, Rows.ReportedMessage, ct,
            Text("environment", environmentId), Text("provider", providerId), Texts("ids", identifiers.Distinct()));

    public Task<IReadOnlyList<IncomingReport>> SaveReportsAsync(IReadOnlyList<IncomingReport> reports, CancellationToken ct) =>
        InTransactionAsync<IReadOnlyList<IncomingReport>>(
            async connection =>
            {
                var fresh = await InsertAsync(connection, reports.InOrder(), ct);
                if (fresh.Count == 0) return fresh;

                await TellAsync(connection, fresh, ct);
                await RefuseAsync(connection, [.. fresh.Where(one => one.IsRefusal)], ct);
                await CountAsync(connection, fresh, ct);
                await CopyAsync(connection, Outgoing, fresh.SelectMany(one => one.News), ct);
                return fresh;
            },
            ct);

    private static async Task<List<IncomingReport>> InsertAsync(
        NpgsqlConnection connection, IReadOnlyList<IncomingReport> reports, CancellationToken ct)
    {
        var inserted = (await QueryAsync(
            connection,
            SaveReports,
            row => (row.GetString(0), row.GetString(1)),
            ct,
            Smalls("buckets", reports.Select(one => one.Report.Bucket)),
            Texts("ids", reports.Select(one => one.Report.MessageId)),
            Texts("fingerprints", reports.Select(one => one.Report.Fingerprint)),
            Texts("environments", reports.Select(one => one.Report.EnvironmentId)),
            Texts("runIds", reports.Select(one => one.Report.RunId)),
            Smalls("steps", reports.Select(one => one.Report.Step)),
            Texts("providers", reports.Select(one => one.Report.ProviderId)),
            Smalls("statuses", reports.Select(one => one.Report.Status)),
            Texts("responses", reports.Select(one => one.Report.Response)),
            Texts("rows", reports.Select(one => one.Report.Row)),
            Bigs("dues", reports.Select(one => (long?)Rows.Milliseconds(one.Report.At))),
            Bigs("created", reports.Select(one => (long?)Rows.Milliseconds(one.Report.CreatedAt))))).ToHashSet();
        return [.. reports.Where(one => inserted.Contains((one.Report.MessageId, one.Report.Fingerprint)))];
    }

    private static Task<int> TellAsync(NpgsqlConnection connection, List<IncomingReport> reports, CancellationToken ct) => ExecuteAsync(
        connection,
        TellMessages,
        ct,
        Smalls("buckets", reports.Select(one => one.Report.Bucket)),
        Texts("ids", reports.Select(one => one.Report.MessageId)),
        Texts("environments", reports.Select(one => one.Report.EnvironmentId)),
        Smalls("statuses", reports.Select(one => one.Report.Status)));

    private static async Task RefuseAsync(NpgsqlConnection connection, IReadOnlyList<IncomingReport> refusals, CancellationToken ct)
    {
        if (refusals.Count == 0) return;

        await ExecuteAsync(
            connection,
            Refuse,
            ct,
            Big("now", Rows.Milliseconds(refusals[0].Report.CreatedAt)),
            Smalls("buckets", refusals.Select(one => one.Report.Bucket)),
            Texts("subscribers", refusals.Select(one => one.Message.SubscriberId)),
            Texts("workflows", refusals.Select(one => one.Message.WorkflowId)),
            Texts("environments", refusals.Select(one => one.Report.EnvironmentId)),
            Texts("channels", refusals.Select(one => one.Message.Channel)));
    }

    private static Task<int> CountAsync(NpgsqlConnection connection, List<IncomingReport> reports, CancellationToken ct) => ExecuteAsync(
        connection,
        CountReports,
        ct,
        Big("now", Rows.Milliseconds(reports[0].Report.CreatedAt)),
        Texts("environments", reports.Select(one => one.Report.EnvironmentId)),
        Texts("channels", reports.Select(one => one.Message.Channel)),
        Texts("providers", reports.Select(one => one.Report.ProviderId)),
        Smalls("statuses", reports.Select(one => one.Report.Status)));
}
