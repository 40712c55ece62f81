using System.Collections.Frozen;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Data.Subscribers;
using Carillon.Data.Workflows;
using Carillon.Engine.Preferences;
using Carillon.Engine.Steps;
using Carillon.Providers;

namespace Carillon.Engine.Running;

/// <summary>One step of a workflow, and somebody who wants to see what it sends.</summary>
public sealed record TrialCall(WorkflowVersion Version, int Step, Subscriber Subscriber, IReadOnlyList<SubscriberChannel> Channels, EventContent Content);

/// <summary>What one integration said, where one was asked.</summary>
public sealed record TrialResult(string ProviderId, string IntegrationIdentifier, SendResult Result);

/// <summary>What a trial came to: what was said where something was sent, or why nothing was.</summary>
public sealed record TrialOutcome(IReadOnlyList<TrialResult> Results, string? Fault = null);

/// <summary>
/// Sends what a step says to somebody at once, to try it out. Nobody's conditions or preferences are asked, nothing is tried twice, and
/// nothing of it is kept.
/// </summary>
public sealed class StepTrial(SubjectReader subjects, RunFactory runs, FrozenDictionary<string, IStepHandler> handlers, EngineRuntime engine, Ids ids)
{
    public async Task<TrialOutcome> RunAsync(TrialCall call, CancellationToken ct)
    {
        var subject = await subjects.Begin().OfEventAsync(EventOf(call), call.Content, actor: null, ct);
        var work = runs.Create(new(subject, call.Subscriber, call.Channels, PreferenceSet.Empty.Of(call.Version, call.Subscriber.Id)), large: false);
        work.Run.Step = (short)call.Step;

        switch (handlers[work.Step.Type].Decide(work))
        {
            case StepOutcome.Sending sending:
                return await SendAsync(work, sending, ct);
            case StepOutcome.Failed { Why: { } why } failed:
                return new([], failed.Raw is null ? Details.Of(why).Text : $"{Details.Of(why).Text}: {failed.Raw}");
            default:
                return new([], $"A step of the type {work.Step.Type} sends nothing");
        }
    }

    private async Task<TrialOutcome> SendAsync(RunWork work, StepOutcome.Sending sending, CancellationToken ct)
    {
        List<TrialResult> results = [];
        foreach (var dispatch in sending.Dispatches)
            results.Add(new(dispatch.Integration.ProviderId, dispatch.Integration.Identifier, await CallAsync(dispatch, ct)));
        if (results.Count > 0) return new(results);

        var why = work.LinesOfStep.Select(line => line.Detail).LastOrDefault(detail => Details.Of(detail).Status is "Failed" or "Warning");
        return new([], why == default ? "There is nobody to send it to" : Details.Of(why).Text);
    }

    private async Task<SendResult> CallAsync(Dispatch dispatch, CancellationToken ct)
    {
        using var timeUp = new CancellationTokenSource(engine.Options.SendTimeout, engine.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, ct);
        try
        {
            return await dispatch.SendAsync(either.Token);
        }
        catch (OperationCanceledException) when (timeUp.IsCancellationRequested)
        {
            return new SendResult.Unavailable($"no answer within {engine.Options.SendTimeout.TotalSeconds:0} s", MayHaveArrived: true);
        }
    }

    private Event EventOf(TrialCall call) => new()
    {
        Id = ids.New(),
        EnvironmentId = call.Version.EnvironmentId,
        OrganizationId = call.Subscriber.OrganizationId,
        WorkflowId = call.Version.WorkflowId,
        VersionId = call.Version.Id,
        Recipients = "",
        Content = "",
        CreatedAt = engine.Clock.GetUtcNow(),
    };
}
