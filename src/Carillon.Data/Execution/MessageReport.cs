using Carillon.Data.Mapping;
using Carillon.Data.Outgoing;

namespace Carillon.Data.Execution;

/// <summary>
/// What a vendor said later of a message that it took: a line of its run's account. It has a row of its own because the run may be
/// in somebody's hands when it comes, and because its fingerprint keeps it from being told twice.
/// </summary>
public sealed class MessageReport : IEnvironmentOwned
{
    public required short Bucket { get; init; }
    public required string MessageId { get; init; }

    /// <summary>Of the words it was told in: the vendor repeats them when it tells again.</summary>
    public required string Fingerprint { get; init; }
    public required string EnvironmentId { get; init; }
    public required string RunId { get; init; }

    /// <summary>Index of the message's step in its version.</summary>
    public required short Step { get; init; }
    public required string ProviderId { get; init; }

    /// <summary>Its place in the life of a message: a greater one stands.</summary>
    public required short Status { get; init; }
    public required string Response { get; init; }

    /// <summary>The vendor's own words, as JSON.</summary>
    public required string Row { get; init; }

    /// <summary>When it happened, by the vendor's clock.</summary>
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>How many reports came in on a day, counted from 1970-01-01 in UTC.</summary>
public sealed class ReportCount : IEnvironmentOwned
{
    public required string EnvironmentId { get; init; }
    public required long Day { get; init; }
    public required string Channel { get; init; }
    public required string ProviderId { get; init; }
    public required short Status { get; init; }
    public required long Reports { get; init; }
}

/// <summary>A message that a vendor speaks of by an id of its own.</summary>
public sealed record ReportedMessage(
    short Bucket, string Id, string RunId, string SubscriberId, string WorkflowId, short Step, string Channel, string Identifier);

/// <summary>A report on its way in. With <paramref name="IsRefusal"/> whoever got the message wants no more of its workflow on its channel.</summary>
public sealed record IncomingReport(MessageReport Report, ReportedMessage Message, bool IsRefusal)
{
    /// <summary>What endpoints are told of it.</summary>
    public IReadOnlyList<OutgoingEvent> News { get; init; } = [];
}
