using Carillon.Data.Mapping;

namespace Carillon.Data.Execution;

/// <summary>
/// A window in which the events of one subscriber are gathered at one step of a workflow. There is one open window for each
/// <see cref="DigestPlace"/>; whoever opens it, joins it, leaves it or closes it holds this row meanwhile, so that each event
/// is in exactly one. Its leader is the run that waits until it closes and goes on with what was gathered.
/// </summary>
public sealed class Digest : IEnvironmentOwned
{
    public required short Bucket { get; init; }
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string WorkflowId { get; init; }
    public required string StepId { get; init; }
    public required string SubscriberId { get; init; }
    public required string Key { get; init; }
    public required string LeaderId { get; init; }
    public required bool Open { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The window of a later step that its leader came to, and brought along all that it had gathered.</summary>
    public string? IntoId { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>When something last came to a digest step that lets the first event pass, for as long as anybody may ask.</summary>
public sealed class DigestArrival : IEnvironmentOwned
{
    public required short Bucket { get; init; }
    public required string EnvironmentId { get; init; }
    public required string WorkflowId { get; init; }
    public required string StepId { get; init; }
    public required string SubscriberId { get; init; }
    public required string Key { get; init; }
    public required DateTimeOffset LastAt { get; init; }
    public DateTimeOffset? PreviousAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Where events are gathered together: at one step, for one subscriber, and for one value of the digest key.</summary>
public readonly record struct DigestPlace(
    short Bucket, string EnvironmentId, string WorkflowId, string StepId, string SubscriberId, string Key)
{
    /// <summary>The order in which windows are locked everywhere, so that no two transactions wait for each other in a circle.</summary>
    internal static IComparer<DigestPlace> Order { get; } = Comparer<DigestPlace>.Create((one, other) =>
        one.Bucket != other.Bucket ? one.Bucket.CompareTo(other.Bucket) : one.Texts.Zip(other.Texts, string.CompareOrdinal).FirstOrDefault(order => order != 0));

    private string[] Texts => [EnvironmentId, WorkflowId, StepId, SubscriberId, Key];
}

/// <summary>An event that was gathered in the window <paramref name="DigestId"/>.</summary>
public readonly record struct DigestedEvent(string DigestId, string EventId);
