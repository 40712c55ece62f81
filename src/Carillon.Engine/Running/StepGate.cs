using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Workflows;
using Carillon.Engine.Conditions;
using Carillon.Engine.Preferences;
using Carillon.Engine.Steps;
using Carillon.Engine.Tenants;

namespace Carillon.Engine.Running;

/// <summary>
/// Says whether a step is to be done at all, by its conditions and by preferences, and which of its variants. Conditions are
/// looked at once, when the step begins; preferences each time, because people change their minds while a message waits.
/// </summary>
public sealed class StepGate(ConditionCheck conditions)
{
    /// <summary>Null where the step is to be done.</summary>
    public StepOutcome? Against(RunWork work)
    {
        // What has gathered its events, or has been sent in part, is brought to its end.
        if (work.State == StepState.Delayed && work.Step.Type == "digest") return null;
        if (MissingTenant(work) is { } missing) return missing;
        if (work.HasNoted(Detail.StartSending)) return AgainstOneUnderWay(work);

        var asked = Ask(work, work.Step);
        if (asked.Error is { } error) return new StepOutcome.Failed(Detail.ConditionFailed, JsonColumn.Write(new { error }));

        var refusal = RefusalOf(work);
        if (refusal is null && asked.Unasked.Count > 0) return new StepOutcome.Asking(asked.Unasked);

        if (refusal is not null || !asked.Passed) return LeftOut(work, asked, refusal);
        return Begin(work);
    }

    private StepOutcome? Begin(RunWork work)
    {
        if (work.Step.Type is "digest" or "delay") return null;

        var (chosen, why) = Choose(work);
        if (why.Error is { } error) return new StepOutcome.Failed(Detail.ConditionFailed, JsonColumn.Write(new { error }));
        if (why.Unasked.Count > 0) return new StepOutcome.Asking(why.Unasked);

        work.Note(Detail.StartSending);
        work.Run.Attempt = 0;
        if (chosen is not null)
        {
            work.Note(Detail.VariantChosen, JsonColumn.Write(new ChosenVariant(why.Conditions, chosen.Id)));
            work.Use(chosen);
        }

        return null;
    }

    // The first that holds is used; one that asks for nothing is never meant.
    private (WorkflowStep? Chosen, ConditionResult Why) Choose(RunWork work)
    {
        foreach (var variant in work.Step.Variants ?? [])
        {
            if (!variant.Active || StepConditions.Of(variant).All(one => one.Children.Count == 0)) continue;

            var asked = Ask(work, variant);
            if (!asked.IsDecided) return (null, asked);
            if (asked.Passed) return (variant, asked);
        }

        return (null, ConditionResult.Nothing);
    }

    private ConditionResult Ask(RunWork work, WorkflowStep step) =>
        StepConditions.Of(step) is { Count: > 0 } asking ? conditions.Check(asking, work.ConditionFacts) : ConditionResult.Nothing;

    // The tenant can go between the call and now, and then the words are about nobody.
    private static StepOutcome.Failed? MissingTenant(RunWork work)
    {
        if (work.Subject.Content.Tenant is null || !ChannelSwitches.Names.Contains(work.Step.Type)) return null;
        if (work.Subject.Tenant is not { } tenant) return new(Detail.TenantNotFound);

        work.NoteOnce(Detail.TenantSelected, TenantJson.Raw(tenant));
        return null;
    }

    private static StepOutcome.Skipped? AgainstOneUnderWay(RunWork work)
    {
        if (work.RawOf(Detail.VariantChosen) is { } raw && JsonColumn.Read<ChosenVariant>(raw).VariantId is { } id)
            work.Use(work.Step.Variants!.Single(variant => variant.Id == id));

        return work.Settled().Count == 0 && RefusalOf(work) is { } refusal
            ? LeftOut(work, ConditionResult.Nothing, refusal)
            : null;
    }

    private static PreferenceLevel? RefusalOf(RunWork work)
    {
        var subject = work.Subject;
        if (subject.Version.Critical || !ChannelSwitches.Names.Contains(work.Step.Type)) return null;

        var verdict = PreferenceRules.Of(subject.Choices, work.Step.Type);
        return verdict.Allowed ? null : verdict.By;
    }

    private static StepOutcome.Skipped LeftOut(RunWork work, ConditionResult asked, PreferenceLevel? refusal)
    {
        if (refusal is { } level)
            work.Note(level.Detail(), JsonColumn.Write(PreferenceSummary.Of(work.Subject.Choices, work.Steps.Select(step => step.Type))));

        var filter = new Filter(asked.Conditions, asked.Passed);
        return new(
            Detail.StepFiltered,
            refusal is null ? JsonColumn.Write(new { filter, preferences = new { passed = true } }) : JsonColumn.Write(new { filter }));
    }

    private sealed record Filter(IReadOnlyList<ConditionLine> Conditions, bool Passed);

    /// <summary>What the trace keeps of a choice, so that it stands while the message waits for its provider.</summary>
    private sealed record ChosenVariant(IReadOnlyList<ConditionLine> Conditions, string? VariantId);
}
