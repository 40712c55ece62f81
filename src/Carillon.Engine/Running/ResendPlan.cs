using Carillon.Data.Execution;
using Carillon.Data.Workflows;

namespace Carillon.Engine.Running;

/// <summary>
/// What of a run that is over is done again: its failed steps, and those that were left out because of them. What was sent stays sent.
/// </summary>
public sealed record ResendPlan(IReadOnlyList<int> Steps, string States, string Trace)
{
    /// <summary>Null where nothing failed; with <paramref name="only"/>, where that step did not.</summary>
    public static ResendPlan? Of(Run run, DateTimeOffset now, int? only = null)
    {
        if (run.Status != RunStatus.Finished) return null;

        var lines = Data.Execution.Trace.Read(run.Trace);
        List<int> steps =
        [
            .. Enumerable.Range(0, run.States.Length).Where(step =>
                (only is null || step == only) && (run.States[step] == StepState.Failed || (only is null && FollowsAFailure(lines, step)))),
        ];
        if (!steps.Exists(step => run.States[step] == StepState.Failed)) return null;

        var at = (long)(now - run.CreatedAt).TotalMilliseconds;
        return new(
            steps,
            string.Concat(run.States.Select((state, step) => steps.Contains(step) ? StepState.Pending : state)),
            Data.Execution.Trace.Append(run.Trace, [.. steps.Select(step => new TraceLine(Detail.StepResent, step, at))]));
    }

    /// <summary>
    /// Ids of the messages that are made anew. Of a push all are: they stand for several devices, and are told of together.
    /// </summary>
    public IReadOnlyList<string> Messages(Run run, IReadOnlyList<WorkflowStep> steps, bool ofPush) =>
    [
        .. from step in Steps
           where steps[step].Type == "push" == ofPush
           from ordinal in Enumerable.Range(0, RunIds.MessagesPerStep)
           select RunIds.Message(run.Id, steps.Count, step, ordinal),
    ];

    private static bool FollowsAFailure(IReadOnlyList<TraceLine> lines, int step) =>
        lines.LastOrDefault(line => line.Step == step) is { Detail: Detail.StepCancelled, Raw: Advancer.AfterFailure };
}
