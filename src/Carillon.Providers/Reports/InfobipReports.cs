using System.Text.Json;
using Carillon.Providers.Http;

namespace Carillon.Providers.Reports;

/// <summary>Infobip tells of deliveries in a list, and of what people do with a mail one by one.</summary>
internal static class InfobipReports
{
    public static IEnumerable<JsonElement> Rows(ReportRequest request) =>
        JsonBody.Find(request.Json, "results") is { ValueKind: JsonValueKind.Array } results ? results.EnumerateArray() : request.Rows;
}
