using Carillon.Data.Mapping;

namespace Carillon.Data.Execution;

public enum RunStatus : short { Active = 0, Finished = 1, Cancelled = 2 }

/// <summary>
/// One event for one recipient; the wire calls it a notification. The row is its own queue entry: it has something to do when
/// <see cref="DueAt"/> has passed, and a claim moves that into the future, so an expired lease simply becomes due again.
/// </summary>
public sealed class Run : IEnvironmentOwned
{
    public required short Bucket { get; init; }

    /// <summary>The first of a block of ids: jobs and messages of this run have the ids behind it, see <see cref="RunIds"/>.</summary>
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string EventId { get; init; }
    public required string SubscriberId { get; init; }
    public required string WorkflowId { get; init; }
    public required string VersionId { get; init; }
    public RunStatus Status { get; set; }

    /// <summary>Index of the step that is next.</summary>
    public short Step { get; set; }

    /// <summary>One <see cref="StepState"/> character for each step of the version.</summary>
    public required string States { get; set; }

    /// <summary>What happened and why, see <see cref="Execution.Trace"/>.</summary>
    public required string Trace { get; set; }
    public DateTimeOffset? DueAt { get; set; }
    public long? LeaseToken { get; set; }

    /// <summary>Whether it is one of many of its event; in its environment those of small events go first.</summary>
    public bool Large { get; init; }

    /// <summary>How often the current step has been tried.</summary>
    public short Attempt { get; set; }
    public bool CancelRequested { get; set; }

    /// <summary>When it would have gone on, had it not been cancelled: whoever takes its place in a digest waits until then.</summary>
    public DateTimeOffset? ResumesAt { get; init; }

    /// <summary>The <see cref="Digest"/> it is in, or went through last.</summary>
    public string? DigestId { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
