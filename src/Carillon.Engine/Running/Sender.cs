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
public sealed class Sender(IEngineStore store, SendGates gates, EngineOptions options, TimeProvider clock)
{
    internal async Task<SendOutcome> SendAsync(RunWork work, StepOutcome.Sending sending, CancellationToken ct)
    {
        var settled = work.SettledBefore();
        var delivered = settled.Values.Any(sent => sent);
        TimeSpan? wait = null;
        foreach (var dispatch in sending.Dispatches.Where(dispatch => !settled.ContainsKey(dispatch.Ordinal)))
        {
            using var turn = await gates.EnterAsync(dispatch.Integration.Id, ct);
            if (!turn.IsAcquired) return new SendOutcome.Postponed();
            if (!await IsWantedAsync(work, ct)) return new SendOutcome.Lost();

            var result = await CallAsync(dispatch, ct);
            if (Retry(work, dispatch, result) is { } delay)
                wait = wait > delay ? wait : delay;
            else
                delivered |= Settle(work, dispatch, result);
        }

        if (wait is { } pause) return new SendOutcome.Again(pause);
        return new SendOutcome.Over(delivered ? new StepOutcome.Completed() : new StepOutcome.Failed(sending.WhenAllFail));
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

        work.Note(Detail.ProviderUnavailable, Reason(unavailable.Reason), dispatch.Integration.ProviderId);
        return delay;
    }

    private static bool Settle(RunWork work, Dispatch dispatch, SendResult result)
    {
        work.Add(dispatch.ToMessage(result));
        var (detail, raw) = result switch
        {
            SendResult.Sent sent => (Detail.MessageSent, sent.Raw),
            SendResult.Refused refused => (Detail.ProviderError, Reason(refused.Reason)),
            SendResult.Unavailable unavailable => (Detail.ProviderError, Reason(unavailable.Reason)),
            _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
        };
        work.Note(detail, raw, dispatch.Integration.ProviderId, dispatch.Ordinal);
        return result is SendResult.Sent;
    }

    private static string Reason(string text) => Data.Mapping.JsonColumn.Write(new { message = text });
}
