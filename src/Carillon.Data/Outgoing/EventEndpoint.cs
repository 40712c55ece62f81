using Carillon.Data.Mapping;

namespace Carillon.Data.Outgoing;

/// <summary>An address of the customer's that wants to hear what happens in an environment.</summary>
public sealed class EventEndpoint : IEnvironmentOwned
{
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string Url { get; set; }
    public string? Description { get; set; }

    /// <summary>See <see cref="EventTypes"/>; none stands for all.</summary>
    public required IReadOnlyList<string> Types { get; set; }

    /// <summary>The secrets that its events are signed with, sealed as one JSON list.</summary>
    public required string Cipher { get; set; }
    public required bool Enabled { get; set; }

    /// <summary>Why it was switched off, where nobody asked for it.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>Since when nothing has arrived there; null while something does.</summary>
    public DateTimeOffset? FailingSince { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
