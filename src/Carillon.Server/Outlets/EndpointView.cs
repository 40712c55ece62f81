using System.Text.Json.Serialization;
using Carillon.Data.Outgoing;

namespace Carillon.Server.Outlets;

/// <summary>An endpoint. Its secret is shown where it is made, and by its own route.</summary>
internal sealed record EndpointView
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }
    public required string Url { get; init; }
    public string? Description { get; init; }

    /// <summary>What it wants to hear of; an empty list stands for everything.</summary>
    public required IReadOnlyList<string> Types { get; init; }
    public required bool Enabled { get; init; }

    /// <summary>Why it was switched off, where nobody asked for it.</summary>
    public string? DisabledReason { get; init; }
    public DateTimeOffset? FailingSince { get; init; }
    public string? Secret { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public static EndpointView Of(EventEndpoint endpoint) => new()
    {
        Id = endpoint.Id,
        Url = endpoint.Url,
        Description = endpoint.Description,
        Types = endpoint.Types,
        Enabled = endpoint.Enabled,
        DisabledReason = endpoint.DisabledReason,
        FailingSince = endpoint.FailingSince,
        CreatedAt = endpoint.CreatedAt,
        UpdatedAt = endpoint.UpdatedAt,
    };
}
