namespace Carillon.Data.Execution.Sqlite;

public sealed partial class SqliteEngineStore
{
    private const string ReportedMessages = """
        SELECT m.bucket, m.id, m.run_id, m.subscriber_id, m.workflow_id, m.step, m.channel, m.identifier
        FROM json_each(@ids) v CROSS JOIN messages m ON m.environment_id = @environment AND m.identifier = v.value AND m.identifier IS NOT NULL
        WHERE m.provider_id = @provider
        """;

    private static readonly string SaveReport = $"""
        INSERT INTO message_reports (bucket, message_id, fingerprint, environment_id, run_id, step, provider_id, status, response, row, at, created_at)
        VALUES ({PreparedRow.Placeholders(12)}) ON CONFLICT (bucket, message_id, fingerprint) DO NOTHING
        """;

    private const string TellMessage = """
        UPDATE messages SET delivery = @p1 WHERE bucket = @p2 AND id = @p3 AND environment_id = @p4 AND (delivery IS NULL OR delivery < @p1)
        """;

    private const string Refuse = """
        INSERT INTO subscriber_preferences (bucket, subscriber_id, workflow_id, environment_id, email, sms, created_at, updated_at)
        VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p7)
        ON CONFLICT (bucket, subscriber_id, workflow_id) DO UPDATE SET
          email = coalesce(excluded.email, subscriber_preferences.email), sms = coalesce(excluded.sms, subscriber_preferences.sms),
          updated_at = excluded.updated_at
        """;

    private const string CountReport = """
        INSERT INTO report_counts (environment_id, day, channel, provider_id, status, reports) VALUES (@p1, @p2 / 86400000, @p3, @p4, @p5, 1)
        ON CONFLICT (environment_id, day, channel, provider_id, status) DO UPDATE SET reports = report_counts.reports + 1
        """;

    public Task<IReadOnlyList<ReportedMessage>> ReportedMessagesAsync(
        string environmentId, string providerId, IReadOnlyCollection<string> identifiers, CancellationToken ct) =>
        QueryAsync(
            ReportedMessages, Rows.ReportedMessage, ct,
            ("@environment", environmentId), ("@provider", providerId), ("@ids", Json(identifiers.Distinct())));

    public Task<IReadOnlyList<IncomingReport>> SaveReportsAsync(IReadOnlyList<IncomingReport> reports, CancellationToken ct) =>
        InTransactionAsync<IReadOnlyList<IncomingReport>>(
            connection =>
            {
                using var save = new PreparedRow(connection, SaveReport, 12);
                using var tell = new PreparedRow(connection, TellMessage, 4);
                using var refuse = new PreparedRow(connection, Refuse, 7);
                using var count = new PreparedRow(connection, CountReport, 5);
                List<IncomingReport> fresh = [.. reports.InOrder().Where(one => Save(save, one.Report))];
                foreach (var (report, message, isRefusal) in fresh)
                {
                    var now = Rows.Milliseconds(report.CreatedAt);
                    tell.Execute(report.Status, report.Bucket, report.MessageId, report.EnvironmentId);
                    count.Execute(report.EnvironmentId, now, message.Channel, report.ProviderId, report.Status);
                    if (isRefusal)
                    {
                        refuse.Execute(
                            report.Bucket, message.SubscriberId, message.WorkflowId, report.EnvironmentId,
                            message.Channel == "email" ? false : null, message.Channel == "sms" ? false : null, now);
                    }
                }

                InsertEvents(connection, fresh.SelectMany(one => one.News));
                return Task.FromResult<IReadOnlyList<IncomingReport>>(fresh);
            },
            ct);

    private static bool Save(PreparedRow save, MessageReport report) => save.Execute(
        report.Bucket, report.MessageId, report.Fingerprint, report.EnvironmentId, report.RunId, report.Step, report.ProviderId,
        report.Status, report.Response, report.Row, Rows.Milliseconds(report.At), Rows.Milliseconds(report.CreatedAt)) > 0;
}
