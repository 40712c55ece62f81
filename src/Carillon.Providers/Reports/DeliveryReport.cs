using System.Text.Json;

namespace Carillon.Providers.Reports;

/// <summary>One thing that a vendor says about one message. <paramref name="Identifier"/> is its own id of the message; <paramref name="Row"/> is all it says.</summary>
public sealed record DeliveryReport(
    string Identifier, DeliveryStatus Status, DateTimeOffset? At, string Response, string? Attempts, JsonElement Row);
