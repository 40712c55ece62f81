using Carillon.Data.Mapping;

namespace Carillon.Data.Execution;

public enum EventStatus : short
{
    /// <summary>Accepted; its recipients are still being walked.</summary>
    Pending = 0,

    /// <summary>Every recipient has a run, or a line in <see cref="Event.Problems"/>.</summary>
    Expanded = 1,
    Cancelled = 2,

    /// <summary>Expansion failed over and over; <see cref="Event.Problems"/> says why.</summary>
    Failed = 3,
}

/// <summary>
/// One accepted trigger call, durable before it was acknowledged. The row is its own queue entry:
/// it is to be worked on when <see cref="DueAt"/> has passed, and a claim moves that into the future.
/// </summary>
public sealed class Event : IEnvironmentOwned
{
    /// <summary>What an index entry of PostgreSQL holds, whatever the script.</summary>
    public const int LongestTransactionId = 512;

    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string OrganizationId { get; init; }

    /// <summary>As the caller said it; null where nothing was said, and then it costs nothing to keep: it follows from the event's id.</summary>
    public string? GivenTransactionId { get; init; }
    public required string WorkflowId { get; init; }
    public required string VersionId { get; init; }

    /// <summary>JSON of <see cref="EventRecipients"/>: whom it is for, as the caller said it.</summary>
    public required string Recipients { get; init; }

    /// <summary>JSON of <see cref="EventContent"/>: stored once, never copied into runs or messages.</summary>
    public required string Content { get; init; }

    public EventStatus Status { get; init; }

    /// <summary>How far expansion has come; JSON owned by the engine, null at the start.</summary>
    public string? Cursor { get; init; }
    public int RunCount { get; init; }

    /// <summary>JSON list of recipients that could not be served, and why.</summary>
    public string? Problems { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public long? LeaseToken { get; init; }
    public short Attempt { get; init; }

    /// <summary>Whether its first page has shown that it is for many: such events wait in a line of their own.</summary>
    public bool Large { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The event, if there is one, whose own the given transaction id would be: that one has had it before.</summary>
    public string? NamesakeId => GivenTransactionId is { } given ? Ids.OfUuid(given) : null;

    /// <summary>By which callers know it. It is no column: who asks the database for it does so by <see cref="EventsByTransaction"/>.</summary>
    public string TransactionId => TransactionIdOf(Id, GivenTransactionId);

    /// <summary>The files that come with it. They are stored with the event and in rows of their own; whoever reads the event reads none.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    public static string TransactionIdOf(string id, string? given) => given ?? Ids.UuidOf(id);
}
