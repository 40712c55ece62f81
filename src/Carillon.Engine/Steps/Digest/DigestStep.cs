using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Running;
using Carillon.Engine.Steps.Time;

namespace Carillon.Engine.Steps.Digest;

/// <summary>
/// Gathers events for one subscriber until its window closes; one run goes on then, with all of them. Whether a run opens a
/// window, joins one or passes is not decided here: only the transaction that writes it can tell.
/// </summary>
public sealed class DigestStep : IStepHandler
{
    public string Type => "digest";
    public bool LeavesTheProcess => false;
    public bool Waits => true;

    public StepOutcome Decide(RunWork work) => work.State == StepState.Delayed ? Finish(work) : Begin(work);

    // The events themselves are not said again: whoever reads the account finds them by their window.
    private static StepOutcome.Completed Finish(RunWork work)
    {
        work.Note(Detail.StartDigesting);
        work.Note(Detail.DigestTriggeredEvents, work.Run.DigestId);
        return new();
    }

    private static StepOutcome Begin(RunWork work)
    {
        var settings = work.Step.Metadata;
        var (due, error) = Settings.Text(settings, "type") == "timed"
            ? TimedSchedule.Next(settings, work.Now, work.Subject.Zone)
            : Regular(work);
        if (error is not null) return new StepOutcome.Failed(Detail.DigestMisconfigured, JsonColumn.Write(new { error }), EndsRun: true);

        var key = DigestKey.Of(Settings.Text(settings, "digestKey"), work.Subject.Content.Payload);
        return new StepOutcome.Gathering(key, due, LookBackOf(work));
    }

    private static (DateTimeOffset Due, string? Error) Regular(RunWork work)
    {
        if (Settings.Number(work.Step.Metadata, "amount") is not { } amount || amount <= 0) return (default, "Invalid digest amount");
        if (Settings.Text(work.Step.Metadata, "unit") is not { } unit || !Duration.IsUnit(unit)) return (default, "Invalid digest unit");

        var length = Duration.Overriding(work.Subject.Content.Overrides) is { Amount: > 0 } wanted ? wanted : new(amount, unit);
        return length.After(work.Now, work.Subject.Zone) is { } due ? (due, null) : (default, "Invalid digest amount");
    }

    // Both spellings: a kind of digest of its own, or a regular one with the switch on.
    private static LookBack? LookBackOf(RunWork work)
    {
        var settings = work.Step.Metadata;
        if (Settings.Text(settings, "type") != "backoff" && !(Settings.Text(settings, "type") != "timed" && Settings.IsTrue(settings, "backoff")))
            return null;

        var amount = Settings.Number(settings, "backoffAmount") ?? Settings.Number(settings, "amount")!.Value;
        var unit = Settings.Text(settings, "backoffUnit") is { } given && Duration.IsUnit(given) ? given : Settings.Text(settings, "unit")!;
        var length = new Duration(amount, unit);
        return length.Back().After(work.Now, work.Subject.Zone) is { } since && length.After(work.Now, work.Subject.Zone) is { } expires
            ? new(work.Now, since, expires)
            : new(work.Now, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
    }
}
