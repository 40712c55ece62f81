using System.Diagnostics.CodeAnalysis;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Steps;
using Microsoft.Extensions.Logging;

namespace Carillon.Engine.Running;

/// <summary>Brings one claimed run as far as it goes: steps in memory, at most one step's messages to providers, then one commit.</summary>
public sealed partial class RunExecutor(
    Advancer advancer, Outside outside, Committer committer, EngineRuntime engine, ILogger<RunExecutor> logger)
{
    private const int MostSurprises = 5;

    internal async Task ExecuteAsync(Run run, RunSubject? subject, CancellationToken ct)
    {
        var work = new RunWork(run, subject, engine.Clock);
        if (await WorkAsync(work, ct)) await committer.CommitAsync(work);
    }

    /// <summary>False when there is nothing to write: the run is somebody else's now, or the process is stopping.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The job runner is a boundary: one run's surprise must not touch another's.")]
    private async Task<bool> WorkAsync(RunWork work, CancellationToken ct)
    {
        try
        {
            return await AdvanceAsync(work, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failure)
        {
            Log.RunFailed(logger, work.Run.Id, failure);
            Recover(work, failure);
            return true;
        }
    }

    private async Task<bool> AdvanceAsync(RunWork work, CancellationToken ct)
    {
        if (!work.HasSubject)
        {
            Advancer.Abandon(work, "the subscriber or the event no longer exists");
            return true;
        }

        // All that was in its digest has been cancelled since it was claimed, itself included.
        if (work.Subject.Gathered is { Count: 0 })
        {
            Advancer.Requeue(work, work.Now);
            return true;
        }

        while (true)
        {
            switch (advancer.Continue(work))
            {
                case StepOutcome.Asking asking:
                    var asked = await outside.AskAsync(work, asking, ct);
                    if (asked is AskOutcome.Lost) return false;
                    if (asked is AskOutcome.Again again) return Retry(work, again.Wait);
                    if (asked is AskOutcome.Over over) Advancer.End(work, over.Step);
                    break;
                case StepOutcome.Sending sending:
                    return await SendAsync(work, sending, ct);
                default:
                    return true;
            }
        }
    }

    private async Task<bool> SendAsync(RunWork work, StepOutcome.Sending sending, CancellationToken ct)
    {
        switch (await outside.SendAsync(work, sending, ct))
        {
            case SendOutcome.Over over:
                Advancer.End(work, over.Step);
                advancer.Begin(work);
                return true;
            case SendOutcome.Again again:
                return Retry(work, again.Wait);
            case SendOutcome.Postponed postponed:
                Advancer.Requeue(work, work.Now + postponed.Wait);
                return true;
            default:
                return false;
        }
    }

    private static bool Retry(RunWork work, TimeSpan wait)
    {
        work.Run.Attempt++;
        Advancer.Requeue(work, work.Now + wait);
        return true;
    }

    private static void Recover(RunWork work, Exception failure)
    {
        var raw = JsonColumn.Write(new { message = failure.Message });
        if (++work.Run.Attempt < MostSurprises)
        {
            work.Note(Detail.EngineError, raw);
            Advancer.Requeue(work, work.Now + TimeSpan.FromSeconds(Math.Pow(3, work.Run.Attempt)));
        }
        else
        {
            Advancer.End(work, new StepOutcome.Failed(Detail.EngineError, raw));
            Advancer.Requeue(work, work.Now);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Run {RunId} failed unexpectedly.")]
        public static partial void RunFailed(ILogger logger, string runId, Exception failure);
    }
}
