namespace Carillon.Providers.Reports;

/// <summary>How a vendor tells what became of messages, and how it is known that it was the vendor.</summary>
/// <param name="DocsUrl">Where the vendor describes it.</param>
public sealed record VendorReports(Uri DocsUrl)
{
    /// <summary>What it calls the message.</summary>
    public required Func<ReportRow, string?> Id { get; init; }

    /// <summary>What it says happened, see <see cref="Statuses"/>.</summary>
    public required Func<ReportRow, string?> Event { get; init; }

    /// <summary>What its words mean; what is not in here is passed over.</summary>
    public Dictionary<string, DeliveryStatus> Statuses { get; } = new(StringComparer.OrdinalIgnoreCase);
    public Func<ReportRow, string?> Time { get; init; } = _ => null;

    /// <summary>Why, in the words of whoever took it or did not.</summary>
    public Func<ReportRow, string?> Response { get; init; } = _ => null;
    public Func<ReportRow, string?> Attempts { get; init; } = _ => null;

    /// <summary>Where its events are in what it posts.</summary>
    public Func<ReportRequest, IEnumerable<System.Text.Json.JsonElement>> Rows { get; init; } = request => request.Rows;

    /// <summary>Null where it signs nothing: then the address has to be unguessable.</summary>
    public ReportSignature? Signature { get; init; }

    /// <summary>A header that it wants to see again when it tries the address.</summary>
    public string? Echoes { get; init; }

    /// <summary>An address that has to be asked for before it posts anything.</summary>
    public Func<ReportRequest, Uri?> Confirmation { get; init; } = _ => null;

    public IReadOnlyList<DeliveryReport> Read(ReportRequest request) => [.. Rows(request).Select(row => Read(new ReportRow(row))).OfType<DeliveryReport>()];

    private DeliveryReport? Read(ReportRow row) =>
        Id(row) is { } id && Event(row) is { } word && Statuses.TryGetValue(word, out var status)
            ? new(id, status, ReportRow.Time(Time(row)), Response(row) ?? "", Attempts(row), row.Json)
            : null;
}
