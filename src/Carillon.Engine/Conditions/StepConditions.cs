using System.Runtime.CompilerServices;
using Carillon.Data.Workflows;

namespace Carillon.Engine.Conditions;

/// <summary>What steps, variants and integrations ask, read once for as long as their version is kept.</summary>
internal static class StepConditions
{
    private static readonly ConditionalWeakTable<WorkflowStep, IReadOnlyList<ConditionGroup>> Read = [];

    public static IReadOnlyList<ConditionGroup> Of(WorkflowStep step) =>
        step.Filters is null ? [] : Read.GetValue(step, static step => ConditionGroup.ListOf(step.Filters));

    /// <summary>Uuids of the steps that this one or a variant of it asks about.</summary>
    public static IEnumerable<string> AskedSteps(WorkflowStep step) =>
        from asking in step.Variants is { } variants ? [step, .. variants] : new[] { step }
        from conditions in Of(asking)
        from condition in conditions.Children
        where condition is { On: Condition.OnPreviousStep, Step: not null }
        select condition.Step;
}
