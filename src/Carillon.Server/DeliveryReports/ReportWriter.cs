using System.Security.Cryptography;
using System.Text;
using Carillon.Data.Execution;
using Carillon.Data.Hints;
using Carillon.Data.Integrations;
using Carillon.Data.Mapping;
using Carillon.Providers.Reports;

namespace Carillon.Server.DeliveryReports;

/// <summary>Writes a batch of reports: one look for the messages, one transaction. Of messages that are not ours nothing is kept.</summary>
internal sealed partial class ReportWriter(IEngineStore store, ReportNews news, IHints hints, TimeProvider clock, ILogger<ReportWriter> log)
{
    private const int LongestResponse = 1_000;
    private const int LongestRow = 16_000;

    private static readonly TimeSpan Young = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WritingTime = TimeSpan.FromMilliseconds(500);

    public async Task<IReadOnlyList<ReportView>> WriteAsync(Integration integration, IReadOnlyList<DeliveryReport> reports, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var messages = await FindAsync(integration, reports, now, ct);
        List<(DeliveryReport Said, IncomingReport Incoming)> known =
        [
            .. from report in reports
               from message in messages[report.Identifier]
               select (report, Incoming(integration, report, message, now)),
        ];
        if (known.Count < reports.Count) Log.Unknown(log, reports.Count - known.Count, integration.Id);
        if (known.Count > 0) await SaveAsync(await news.AddAsync([.. known.Select(one => one.Incoming)], ct), ct);
        return [.. known.Select(one => ReportView.Of(one.Said, now))];
    }

    private async Task SaveAsync(IReadOnlyList<IncomingReport> reports, CancellationToken ct)
    {
        await store.SaveReportsAsync(reports, ct);
        if (reports.Any(one => one.News.Count > 0)) hints.TellOutgoingDue();
    }

    private async Task<ILookup<string, ReportedMessage>> FindAsync(
        Integration integration, IReadOnlyList<DeliveryReport> reports, DateTimeOffset now, CancellationToken ct)
    {
        var identifiers = reports.Select(report => report.Identifier).ToHashSet();
        var found = await LookAsync();

        // A vendor can be faster than the commit that tells that it took the message.
        if (!reports.Any(report => !found.Contains(report.Identifier) && now - (report.At ?? now) < Young)) return found;

        await Task.Delay(WritingTime, clock, ct);
        return await LookAsync();

        async Task<ILookup<string, ReportedMessage>> LookAsync() =>
            (await store.ReportedMessagesAsync(integration.EnvironmentId, integration.ProviderId, identifiers, ct)).ToLookup(one => one.Identifier);
    }

    private static IncomingReport Incoming(Integration integration, DeliveryReport report, ReportedMessage message, DateTimeOffset now)
    {
        var row = report.Row.GetRawText();
        return new(
            new()
            {
                Bucket = message.Bucket,
                MessageId = message.Id,
                Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row)).AsSpan(0, 16)),
                EnvironmentId = integration.EnvironmentId,
                RunId = message.RunId,
                Step = message.Step,
                ProviderId = integration.ProviderId,
                Status = (short)report.Status,
                Response = report.Response.Length > LongestResponse ? report.Response[..LongestResponse] : report.Response,
                Row = row.Length <= LongestRow ? row : JsonColumn.Write(new { externalId = report.Identifier, status = report.Status.WireName }),
                At = report.At ?? now,
                CreatedAt = now,
            },
            message,
            report.Status.IsRefusal);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Count} reports of integration {IntegrationId} are of messages that are not here.")]
        public static partial void Unknown(ILogger log, int count, string integrationId);
    }
}
