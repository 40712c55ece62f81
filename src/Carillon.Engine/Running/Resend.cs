using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Hints;
using Carillon.Data.Messages;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Engine.Running;

/// <summary>What became of a wish to have something sent again.</summary>
public abstract record ResendOutcome
{
    /// <summary>The jobs of this run that are done again.</summary>
    public sealed record Queued(string RunId, IReadOnlyList<string> JobIds) : ResendOutcome;

    public sealed record NotFound : ResendOutcome;

    /// <summary>Nothing of it failed, or it is under way.</summary>
    public sealed record NothingFailed : ResendOutcome;
}

/// <summary>Has a run that failed try again, as a whole or one of its messages. Of two who ask at once, one is told that it is under way.</summary>
public sealed class Resend(CarillonDb db, WorkflowVersions versions, IHints hints, TimeProvider clock)
{
    public async Task<ResendOutcome> OfRunAsync(string runId, CancellationToken ct) => await OfAsync(runId, only: null, ct);

    public async Task<ResendOutcome> OfMessageAsync(string messageId, CancellationToken ct)
    {
        var message = await db.Messages.AsNoTracking().SingleOrDefaultAsync(message => message.Id == messageId, ct);
        return message is null ? new ResendOutcome.NotFound() : await OfAsync(message.RunId, message.Step, ct);
    }

    private async Task<ResendOutcome> OfAsync(string runId, int? only, CancellationToken ct)
    {
        short bucket = Ids.BucketOf(runId);
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(run => run.Bucket == bucket && run.Id == runId, ct);
        if (run is null || !await db.Events.AnyAsync(e => e.Id == run.EventId, ct)) return new ResendOutcome.NotFound();
        if (ResendPlan.Of(run, clock.GetUtcNow(), only) is not { } plan) return new ResendOutcome.NothingFailed();

        await using var change = await db.Database.BeginTransactionAsync(ct);
        if (!await ReopenAsync(run, plan, ct)) return new ResendOutcome.NothingFailed();
        await ForgetMessagesAsync(run, plan, ct);
        await change.CommitAsync(ct);

        hints.TellRunsDue();
        return new ResendOutcome.Queued(run.Id, [.. plan.Steps.Select(step => RunIds.Job(run.Id, step))]);
    }

    private async Task<bool> ReopenAsync(Run run, ResendPlan plan, CancellationToken ct)
    {
        var (now, first) = (clock.GetUtcNow(), (short)plan.Steps[0]);
        var reopened = await db.Runs
            .Where(row => row.Bucket == run.Bucket && row.Id == run.Id && row.Status == RunStatus.Finished && row.Trace == run.Trace)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(one => one.Status, RunStatus.Active)
                    .SetProperty(one => one.Step, first)
                    .SetProperty(one => one.States, plan.States)
                    .SetProperty(one => one.Trace, plan.Trace)
                    .SetProperty(one => one.DueAt, now)
                    .SetProperty(one => one.Attempt, (short)0)
                    .SetProperty(one => one.UpdatedAt, now),
                ct);
        return reopened > 0;
    }

    // Their ids are used again: a message keeps its name however often it is tried.
    private async Task ForgetMessagesAsync(Run run, ResendPlan plan, CancellationToken ct)
    {
        var steps = (await versions.GetAsync(run.EnvironmentId, run.VersionId, ct)).ActiveSteps;
        var (whole, failed) = (plan.Messages(run, steps, ofPush: true), plan.Messages(run, steps, ofPush: false));
        await db.Messages.IgnoreQueryFilters([CarillonDb.DeletedFilter])
            .Where(message => message.Bucket == run.Bucket
                && (whole.Contains(message.Id) || (failed.Contains(message.Id) && message.Status != Message.Sent)))
            .ExecuteDeleteAsync(ct);
    }
}
