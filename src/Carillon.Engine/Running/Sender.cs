using Carillon.Data.Execution;
using Carillon.Engine.Steps;
using Carillon.Providers;

namespace Carillon.Engine.Running;

/// <summary>How a try to send a step's messages ended.</summary>
internal abstract record SendOutcome
{
    /// <summary>Nothing is left to send; the step ends like this.</summary>
    public sealed record Over(StepOutcome Step) : SendOutcome;

    /// <summary>Some provider could not take it now.</summary>
    public sealed record Again(TimeSpan Wait) : SendOutcome;

    /// <summary>Not even tried: the integration has enough to do.</summary>
    public sealed record Postponed : SendOutcome;

    /// <summary>The run is no longer ours, or was cancelled: whoever holds it goes on from what is stored.</summary>
    public sealed record Lost : SendOutcome;
}

/// <summary>
/// Calls providers. Right before each call it looks whether the run is still held and wanted, so that what was cancelled is not sent.
/// </summary>
public sealed class Sender(IEngineStore store, SendGates gates, EngineOptions options, EngineMetrics metrics, TimeProvider clock)
{
    internal async Task<SendOutcome> SendAsync(RunWork work, StepOutcome.Sending sending, CancellationToken ct)
    {
        var settled = work.Settled();
        TimeSpan? wait = null;
        foreach (var dispatch in sending.Dispatches.Where(dispatch => !settled.ContainsKey(dispatch.Key)))
        {
            using var turn = await gates.EnterAsync(dispatch.Integration.Id, ct);
            if (!turn.IsAcquired) return new SendOutcome.Postponed();
            if (!await IsWantedAsync(work, ct)) return new SendOutcome.Lost();

            var result = await CallAsync(dispatch, ct);
            metrics.Called(dispatch.Integration.ProviderId, result);
            if (Retry(work, dispatch, result) is { } delay)
                wait = wait > delay ? wait : delay;
            else
                Settle(work, dispatch, result);
        }

        return wait is { } pause ? new SendOutcome.Again(pause) : new SendOutcome.Over(End(work, sending));
    }

    private static StepOutcome End(RunWork work, StepOutcome.Sending sending)
    {
        foreach (var message in sending.Messages())
            work.Add(message);

        var ends = work.Settled().Values;
        var isDone = ends.Any(end => end.IsSent) && !(sending.NeedsAll && ends.Any(end => end is { IsSent: false, IsGone: false }));
        return isDone ? new StepOutcome.Completed() : new StepOutcome.Failed(sending.WhenItFails);
    }

    // A lease with less left than a call may take is not used: somebody else may be about to have it.
    internal async Task<bool> IsWantedAsync(RunWork work, CancellationToken ct) =>
        work.Run.DueAt - clock.GetUtcNow() > options.SendTimeout && await store.HoldsAsync(work.Run, ct);

    private async Task<SendResult> CallAsync(Dispatch dispatch, CancellationToken ct)
    {
        using var timeUp = new CancellationTokenSource(options.SendTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, ct);
        try
        {
            return await dispatch.SendAsync(either.Token);
        }
        catch (OperationCanceledException) when (timeUp.IsCancellationRequested)
        {
            return new SendResult.Unavailable($"no answer within {options.SendTimeout.TotalSeconds:0} s");
        }
    }

    private static TimeSpan? Retry(RunWork work, Dispatch dispatch, SendResult result)
    {
        if (result is not SendResult.Unavailable unavailable) return null;
        if (RetryPolicy.DelayAfter(work.Run.Attempt, unavailable.RetryAfter, Random.Shared.NextDouble()) is not { } delay) return null;

        work.Note(Detail.ProviderUnavailable, SendRecord.Raw(unavailable.Reason, dispatch.Key), dispatch.Integration.ProviderId, dispatch.Ordinal);
        return delay;
    }

    private static void Settle(RunWork work, Dispatch dispatch, SendResult result)
    {
        var isGone = result is SendResult.Refused { For: RefusedFor.Gone };
        if (isGone && dispatch.Device is { } device) work.GiveUp(dispatch.Integration.Id, device);
        if (dispatch.ToMessage is { } toMessage) work.Add(toMessage(result));

        var (detail, raw) = result switch
        {
            SendResult.Sent sent => (Detail.MessageSent, SendRecord.Raw(sent, dispatch.Key, work.Now)),
            SendResult.Refused refused => (Detail.ProviderError, SendRecord.Raw(refused.Reason, dispatch.Key, isGone)),
            SendResult.Unavailable unavailable => (Detail.ProviderError, SendRecord.Raw(unavailable.Reason, dispatch.Key)),
            _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
        };
        work.Note(detail, raw, dispatch.Integration.ProviderId, dispatch.Ordinal);
    }
}
