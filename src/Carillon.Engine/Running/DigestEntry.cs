using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Steps;
using Carillon.Engine.Steps.Time;

namespace Carillon.Engine.Running;

/// <summary>Prepares what may become of a run that has come to a digest, so that the transaction only has to choose.</summary>
internal static class DigestEntry
{
    public static Gathering Of(RunWork work, StepOutcome.Gathering outcome)
    {
        // What was noted so far happened in every future.
        work.Close();
        work.Run.Attempt = 0;
        return new(work.Run, PlaceOf(work, outcome.Key), outcome.DueAt, outcome.LookBack)
        {
            Arrival = Gathering.ArrivalOf(work.Subject.Event),
            WhenLeading = Leading(work, outcome.DueAt),
            WhenMerged = Merged(work),
            WhenPassing = Passing(work),
        };
    }

    private static DigestPlace PlaceOf(RunWork work, string key) => new(
        work.Run.Bucket, work.Run.EnvironmentId, work.Run.WorkflowId, work.Step.Id, work.Run.SubscriberId, key);

    private static Standing Leading(RunWork work, DateTimeOffset due)
    {
        var raw = JsonColumn.Write(new { delay = Rounded.Milliseconds(due - work.Now) });
        return new(
            RunStatus.Active, work.Run.Step, work.StatesWith(StepState.Delayed),
            TraceWith(work, (Detail.StepDigested, raw), (Detail.StepQueued, null)), due);
    }

    // Nothing of it happens any more, unless it is to lead one day: so it keeps its step.
    private static Standing Merged(RunWork work)
    {
        var states = work.Run.States[..work.Run.Step].PadRight(work.Run.States.Length, StepState.Merged);
        return new(
            RunStatus.Finished, work.Run.Step, states, TraceWith(work, (Detail.DigestMerged, null), (Detail.StepQueued, null)), DueAt: null);
    }

    private static Standing Passing(RunWork work)
    {
        var step = (short)(work.Run.Step + 1);
        var isLast = step == work.Run.States.Length;
        return new(
            isLast ? RunStatus.Finished : RunStatus.Active, step, work.StatesWith(StepState.Skipped),
            TraceWith(work, (Detail.DigestSkipped, null), (Detail.StepQueued, null)), isLast ? null : work.Now);
    }

    private static string TraceWith(RunWork work, params IEnumerable<(Detail Detail, string? Raw)> lines)
    {
        var at = (long)(work.Now - work.Run.CreatedAt).TotalMilliseconds;
        return Trace.Append(work.Run.Trace, [.. lines.Where(line => line.Detail != Detail.StepQueued || !work.HasNoted(Detail.StepQueued)).Select(line => new TraceLine(line.Detail, work.Run.Step, at, line.Raw))]);
    }
}
