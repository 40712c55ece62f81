using Carillon.Data;
using Carillon.Data.Execution;

namespace Carillon.Engine.Running;

/// <summary>Makes the run of one recipient, pinned to the version its event was accepted with.</summary>
public sealed class RunFactory(Ids ids, TimeProvider clock)
{
    public RunWork Create(RunSubject subject, bool large)
    {
        var now = clock.GetUtcNow();
        var steps = subject.Version.ActiveSteps.Count;
        var bucket = Ids.BucketOf(subject.Subscriber.Id);
        var run = new Run
        {
            Bucket = bucket,
            Id = ids.Reserve(bucket, RunIds.BlockSize(steps)),
            EnvironmentId = subject.Event.EnvironmentId,
            EventId = subject.Event.Id,
            SubscriberId = subject.Subscriber.Id,
            WorkflowId = subject.Event.WorkflowId,
            VersionId = subject.Event.VersionId,
            States = new string(StepState.Pending, steps),
            Trace = Trace.Empty,
            Large = large,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return new(run, subject, clock);
    }
}
