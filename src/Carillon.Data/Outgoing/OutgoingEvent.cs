using Carillon.Data.Mapping;

namespace Carillon.Data.Outgoing;

public enum OutgoingStatus : short
{
    Pending = 0,
    Delivered = 1,

    /// <summary>Given up. It can be sent again.</summary>
    Failed = 2,
}

/// <summary>
/// One event on its way to one endpoint, written by the transaction that it tells of. The row is its own queue entry, and afterwards
/// a line of the log.
/// </summary>
public sealed class OutgoingEvent : IEnvironmentOwned
{
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string EndpointId { get; init; }

    /// <summary>What names it to the receiver, the same at every attempt and at every endpoint.</summary>
    public required string MessageId { get; init; }
    public required string Type { get; init; }

    /// <summary>The body as it is sent.</summary>
    public required string Payload { get; init; }
    public OutgoingStatus Status { get; set; }
    public required DateTimeOffset? DueAt { get; set; }
    public long? LeaseToken { get; set; }
    public short Attempt { get; set; }

    /// <summary>The status of the last answer, and what else is to be said of the last attempt.</summary>
    public short? LastStatus { get; set; }
    public string? LastError { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>When the first event that waits for this endpoint is due.</summary>
public readonly record struct DueEndpoint(string EndpointId, DateTimeOffset DueAt);

/// <summary>What is told of a run, and counts only if the run is still held.</summary>
public readonly record struct RunNews(string RunId, string EventId, OutgoingEvent Event);
