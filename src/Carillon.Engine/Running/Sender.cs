using Carillon.Data.Execution;
using Carillon.Data.Messages;
using Carillon.Engine.Steps;
using Carillon.Providers;

namespace Carillon.Engine.Running;

/// <summary>
/// Calls providers. A moment before each call it looks whether the run is still held and wanted, so that what was cancelled is not sent.
/// </summary>
public sealed class Sender(IEngineStore store, SendGates gates, Circuits circuits, EngineRuntime engine, EngineMetrics metrics)
{
    private readonly SharedLooks<Run, Run> _held =
        new(async runs => (await store.HeldAsync(runs, CancellationToken.None)).ToDictionary(run => run), engine.BetweenLooks);

    private static readonly TimeSpan Postponement = TimeSpan.FromSeconds(1);

    internal async Task<SendOutcome> SendAsync(RunWork work, StepOutcome.Sending sending, CancellationToken ct)
    {
        var settled = work.Settled();
        SendOutcome? rest = null;
        foreach (var dispatch in sending.Dispatches.Where(dispatch => !settled.ContainsKey(dispatch.Key)))
        {
            var outcome = work.Subject.Environment.Settings.Sandbox ? Keep(work, dispatch) : await DeliverAsync(work, dispatch, ct);
            if (outcome is SendOutcome.Lost) return outcome;

            rest = SendOutcome.Later(rest, outcome);
        }

        return rest ?? new SendOutcome.Over(End(work, sending));
    }

    private async Task<SendOutcome?> ObstacleAsync(RunWork work, CancellationToken ct) =>
        !await IsWantedAsync(work, ct) ? new SendOutcome.Lost()
        : !await IsWholeAsync(work, ct) ? new SendOutcome.Postponed(TimeSpan.Zero)
        : null;

    // A lease with less left than a call may take is not used: somebody else may be about to have it.
    internal async Task<bool> IsWantedAsync(RunWork work, CancellationToken ct) =>
        work.Run.DueAt - work.Now > engine.Options.SendTimeout && (await _held.FindAsync(work.Run).WaitAsync(ct)).ContainsKey(work.Run);

    // An event that was cancelled meanwhile is in the words already: they have to be found anew.
    private async Task<bool> IsWholeAsync(RunWork work, CancellationToken ct) =>
        work.Subject.Gathered is not { } gathered || work.Run.DigestId is not { } digestId
        || (await store.DigestedEventsAsync([new(work.Run.EnvironmentId, digestId)], ct)).Count == gathered.Count;

    /// <summary>One after another asks those that may have it, until one takes it or says that nobody should. Null when it is settled.</summary>
    private async Task<SendOutcome?> DeliverAsync(RunWork work, Dispatch dispatch, CancellationToken ct)
    {
        (Dispatch By, SendResult Result)? last = null;
        TimeSpan? standstill = null;
        foreach (var candidate in Candidates.Of(work, dispatch, engine.Options))
        {
            if (last is { } passedOver) PassOver(work, passedOver.By, passedOver.Result, candidate);
            if (StandstillOf(candidate) is { } still)
            {
                if (still.IsBroken) last = Better(last, (candidate, new SendResult.Unavailable("left alone after several failures", still.Wait)));
                else standstill = still.Wait < standstill ? standstill : still.Wait;
                continue;
            }

            var gate = gates.Of(candidate.Integration);
            SendOutcome? obstacle = null;
            var turn = await gate.EnterAsync(async () => (obstacle = await ObstacleAsync(work, ct)) is null, ct);
            if (turn is null) return obstacle ?? new SendOutcome.Postponed(gates.NextPlace(gate));

            var result = await CallAsync(candidate, turn, ct);
            last = Better(last, (candidate, result));
            if (!Candidates.MayGoOn(result, engine.Options)) return Finish(work, candidate, result);
        }

        return last is { } final ? Finish(work, final.By, final.Result) : new SendOutcome.Postponed(standstill ?? Postponement);
    }

    // What may work later counts more than what never will.
    private static (Dispatch, SendResult) Better((Dispatch By, SendResult Result)? last, (Dispatch By, SendResult Result) next) =>
        last is { Result: SendResult.Unavailable } known && next.Result is not SendResult.Unavailable ? known : next;

    private Standstill? StandstillOf(Dispatch dispatch) => dispatch.HasOwnAddress ? null : circuits.Ask(dispatch.Integration);

    private static SendOutcome? Keep(RunWork work, Dispatch dispatch)
    {
        Settle(work, dispatch, new SendResult.Sent(Message.Sandboxed, "Kept in the sandbox, and not sent"));
        return null;
    }

    private static StepOutcome End(RunWork work, StepOutcome.Sending sending)
    {
        foreach (var message in sending.Messages())
            work.Add(message);

        var ends = work.Settled().Values;
        var isDone = ends.Any(end => end.IsSent) && !(sending.NeedsAll && ends.Any(end => end is { IsSent: false, IsGone: false }));
        return isDone ? new StepOutcome.Completed() : new StepOutcome.Failed(sending.WhenItFails);
    }

    // The place is the next one's as soon as the answer is there, whatever is made of it.
    private async Task<SendResult> CallAsync(Dispatch dispatch, SendGate.Turn turn, CancellationToken ct)
    {
        using var place = turn;
        using var timeUp = new CancellationTokenSource(engine.Options.SendTimeout, engine.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, ct);
        SendResult result;
        try
        {
            result = await dispatch.SendAsync(either.Token);
        }
        catch (OperationCanceledException) when (timeUp.IsCancellationRequested)
        {
            result = new SendResult.Unavailable($"no answer within {engine.Options.SendTimeout.TotalSeconds:0} s", MayHaveArrived: true);
        }

        metrics.Called(dispatch.Integration.ProviderId, result);
        if (!dispatch.HasOwnAddress) circuits.Tell(dispatch.Integration, result);
        return result;
    }

    private static void PassOver(RunWork work, Dispatch by, SendResult result, Dispatch next)
    {
        var reason = result switch
        {
            SendResult.Refused refused => refused.Reason,
            SendResult.Unavailable unavailable => unavailable.Reason,
            _ => "",
        };
        work.Note(Detail.ProviderPassedOver, SendRecord.Raw(reason, by.Key), by.Integration.ProviderId, by.Ordinal);
        work.Note(Detail.IntegrationSelected, SelectedIntegration.Raw(next.Integration), next.Integration.ProviderId);
    }

    private SendOutcome.Again? Finish(RunWork work, Dispatch dispatch, SendResult result)
    {
        if (result is SendResult.Unavailable unavailable
            && RetryPolicy.DelayAfter(
                work.Run.Attempt, work.Since(Detail.ProviderUnavailable), unavailable.RetryAfter, engine.Random.NextDouble()) is { } delay)
        {
            var raw = SendRecord.Raw(unavailable, dispatch);
            work.Note(Detail.ProviderUnavailable, raw, dispatch.Integration.ProviderId, dispatch.Ordinal);
            return new(delay);
        }

        Settle(work, dispatch, result);
        return null;
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
