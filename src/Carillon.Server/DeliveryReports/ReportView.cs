using System.Globalization;
using System.Text.Json;
using Carillon.Providers.Reports;

namespace Carillon.Server.DeliveryReports;

/// <summary>What was understood of a report, as the vendor is answered.</summary>
internal sealed record ReportView(string Id, ReportView.Happening Event)
{
    internal sealed record Happening(string Status, DateTimeOffset Date, string ExternalId, int Attempts, string Response, JsonElement Row);

    public static ReportView Of(DeliveryReport report, DateTimeOffset now) => new(
        report.Identifier,
        new(
            report.Status.WireName, report.At ?? now, report.Identifier,
            int.TryParse(report.Attempts, CultureInfo.InvariantCulture, out var attempts) ? attempts : 1, report.Response, report.Row));
}
