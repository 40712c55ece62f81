using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Running;
using Carillon.Engine.Steps.Time;

namespace Carillon.Engine.Steps.Delay;

/// <summary>Holds a run back for a length of time, or until a date that its payload names.</summary>
public sealed class DelayStep : IStepHandler
{
    public string Type => "delay";
    public bool LeavesTheProcess => false;
    public bool Waits => true;

    public StepOutcome Decide(RunWork work) => work.State == StepState.Delayed ? Finish(work) : Begin(work);

    // The row was due, so the time has come: it is in the row and nowhere else.
    private static StepOutcome.Completed Finish(RunWork work)
    {
        work.Note(Detail.DelayFinished);
        return new();
    }

    private static StepOutcome Begin(RunWork work)
    {
        var (due, error) = work.Step.Metadata is { } settings && Settings.Text(settings, "type") == "scheduled"
            ? Scheduled(work, Settings.Text(settings, "delayPath"))
            : Regular(work);
        if (error is not null) return new StepOutcome.Failed(Detail.DelayMisconfigured, JsonColumn.Write(new { error }), EndsRun: true);
        if (due > work.Now) return new StepOutcome.Waiting(due, Detail.StepDelayed);

        work.Note(Detail.StepQueued);
        return Finish(work);
    }

    private static (DateTimeOffset Due, string? Error) Regular(RunWork work)
    {
        var length = Duration.Overriding(work.Subject.Content.Overrides);
        if (length is null)
        {
            var unit = Settings.Text(work.Step.Metadata, "unit");
            if (!Duration.IsUnit(unit)) return (default, "Invalid delay unit");
            if (Settings.Number(work.Step.Metadata, "amount") is not { } amount) return (default, "Invalid delay amount");
            length = new(amount, unit!);
        }

        return length.Amount >= 0 && length.After(work.Now, work.Subject.Zone) is { } due ? (due, null) : (default, "Invalid delay amount");
    }

    // Counted from when the event was accepted: that we come to it late must not make a good date a bad one.
    private static (DateTimeOffset Due, string? Error) Scheduled(RunWork work, string? path)
    {
        if (path is null || ScheduledDate.In(work.Subject.Content.Payload, path) is not { } date) return (default, "Delay path not found");
        return date > work.Subject.Event.CreatedAt ? (date, null) : (default, $"Delay date at path {path} must be a future date");
    }
}
