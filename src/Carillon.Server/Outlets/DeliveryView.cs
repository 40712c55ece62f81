using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Data.Mapping;
using Carillon.Data.Outgoing;

namespace Carillon.Server.Outlets;

/// <summary>One event that was sent to an endpoint, or still will be.</summary>
internal sealed record DeliveryView
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    /// <summary>The <c>webhook-id</c> that it carries.</summary>
    public required string MessageId { get; init; }
    public required string Type { get; init; }

    /// <summary><c>pending</c>, <c>delivered</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }
    public required int Attempts { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    public short? ResponseStatus { get; init; }
    public string? Error { get; init; }
    public required JsonElement Payload { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public static DeliveryView Of(OutgoingEvent e) => new()
    {
        Id = e.Id,
        MessageId = e.MessageId,
        Type = e.Type,
        Status = NameOf(e.Status),
        Attempts = e.Attempt,
        NextAttemptAt = e.DueAt,
        ResponseStatus = e.LastStatus,
        Error = e.LastError,
        Payload = JsonColumn.Read<JsonElement>(e.Payload),
        CreatedAt = e.CreatedAt,
        UpdatedAt = e.UpdatedAt,
    };

    public static string NameOf(OutgoingStatus status) => Enum.GetName(status)!.ToLowerInvariant();
}
