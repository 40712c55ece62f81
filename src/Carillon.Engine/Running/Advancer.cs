using System.Collections.Frozen;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Steps;
using Carillon.Engine.Steps.Time;

namespace Carillon.Engine.Running;

/// <summary>
/// Takes a run from step to step, in memory, as far as it goes without leaving the process. What touches only the database is
/// decided here one after another, so that an in-app workflow is over before its rows are first written.
/// </summary>
public sealed class Advancer(FrozenDictionary<string, IStepHandler> handlers, StepGate gate)
{
    /// <summary>Why steps behind a failed one are left out, as the trace says it.</summary>
    internal const string AfterFailure = """{"reason":"an earlier step failed"}""";

    /// <summary>
    /// Goes on as far as nothing has to be sent: for a run whose row is being made, and behind a step that has just been sent.
    /// What has to be sent next is then due at once.
    /// </summary>
    public void Begin(RunWork work)
    {
        while (work.GoesOn && !HandlerOf(work).LeavesTheProcess)
        {
            if (Decide(work) is StepOutcome.Asking) break;
        }

        if (work.GoesOn) Queue(work);
        Close(work);
    }

    /// <summary>For a claimed run: returns what has to be asked or sent now, or null when the run is over or waits, and may be written.</summary>
    public StepOutcome? Continue(RunWork work)
    {
        if (work.Run.CancelRequested) return Cancel(work);

        while (work.GoesOn)
        {
            if (Decide(work) is var outcome && outcome is StepOutcome.Sending or StepOutcome.Asking) return outcome;
        }

        Close(work);
        return null;
    }

    /// <summary>Ends the current step as decided, and the run with it where the step says that a failure stops it.</summary>
    public static void End(RunWork work, StepOutcome outcome)
    {
        switch (outcome)
        {
            case StepOutcome.Completed completed:
                if (completed.Message is not null) work.Add(completed.Message);
                Leave(work, StepState.Completed);
                break;
            case StepOutcome.Skipped skipped:
                Skip(work, skipped);
                break;
            case StepOutcome.Failed failed:
                if (failed.Why is { } why) work.Note(why, failed.Raw);
                if (failed.Message is not null) work.Add(failed.Message);
                Fail(work, failed.EndsRun || work.Step.ShouldStopOnFail);
                break;
            case StepOutcome.Waiting waiting:
                Wait(work, waiting);
                break;
            case StepOutcome.Gathering gathering:
                work.Gather(DigestEntry.Of(work, gathering));
                break;
            default:
                throw new InvalidOperationException($"{outcome.GetType().Name} does not end a step.");
        }
    }

    /// <summary>Has the run looked at again at the given time, from the step where it stands.</summary>
    public static void Requeue(RunWork work, DateTimeOffset due)
    {
        work.Run.DueAt = due;
        Close(work);
    }

    /// <summary>Ends a run that has lost what it is about.</summary>
    public static void Abandon(RunWork work, string reason)
    {
        CancelRest(work, $$"""{"reason":"{{reason}}"}""");
        Close(work);
    }

    private static void Queue(RunWork work)
    {
        if (work.State == StepState.Pending) work.Note(Detail.StepQueued);
        work.SetState(StepState.Queued);
        work.Run.DueAt = work.Now;
    }

    // From here on the row says where the run stands, and can be written.
    private static void Close(RunWork work)
    {
        if (work.IsOver && work.Run.Status == RunStatus.Active) work.Run.Status = RunStatus.Finished;
        if (work.Run.Status != RunStatus.Active) work.Run.DueAt = null;
        work.Close();
    }

    private StepOutcome Decide(RunWork work)
    {
        if (work.State == StepState.Pending && !HandlerOf(work).Waits)
        {
            work.Note(Detail.StepQueued);
            work.SetState(StepState.Queued);
        }

        var outcome = gate.Against(work) ?? HandlerOf(work).Decide(work);
        if (outcome is not (StepOutcome.Sending or StepOutcome.Asking)) End(work, outcome);
        return outcome;
    }

    private IStepHandler HandlerOf(RunWork work) => handlers[work.Step.Type];

    private static void Leave(RunWork work, char state)
    {
        work.SetState(state);
        work.Run.Attempt = 0;

        // In a run that was asked for again, what is done stays done.
        do work.Run.Step++;
        while (!work.IsOver && StepState.IsTerminal(work.State));
    }

    private static void Wait(RunWork work, StepOutcome.Waiting waiting)
    {
        work.Note(waiting.Why, JsonColumn.Write(new { delay = Rounded.Milliseconds(waiting.Until - work.Now) }));
        work.NoteOnce(Detail.StepQueued);
        work.SetState(StepState.Delayed);
        work.WaitUntil(waiting.Until);
    }

    // A delay is queued and then left out; a digest is left out, and what is queued is what comes behind it.
    private static void Skip(RunWork work, StepOutcome.Skipped skipped)
    {
        if (work.Step.Type == "delay") work.NoteOnce(Detail.StepQueued);
        work.Note(skipped.Why, skipped.Raw);
        if (work.Step.Type == "digest") work.NoteOnce(Detail.StepQueued);
        Leave(work, work.Step.Type == "digest" ? StepState.Skipped : StepState.Cancelled);
    }

    private static void Fail(RunWork work, bool stops)
    {
        Leave(work, StepState.Failed);
        if (stops) CancelRest(work, AfterFailure);
    }

    private static StepOutcome? Cancel(RunWork work)
    {
        // What was merged into a digest has been taken out of it, and is not over.
        var rest = work.Run.States[work.Run.Step..].Replace(StepState.Merged, StepState.Pending);
        work.Run.States = string.Concat(work.Run.States.AsSpan(0, work.Run.Step), rest);
        CancelRest(work, raw: null);
        work.Run.Status = RunStatus.Cancelled;
        Close(work);
        return null;
    }

    private static void CancelRest(RunWork work, string? raw)
    {
        while (!work.IsOver)
        {
            work.Note(Detail.StepCancelled, raw);
            Leave(work, StepState.Cancelled);
        }
    }
}
