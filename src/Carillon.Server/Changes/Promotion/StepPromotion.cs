using Carillon.Data;
using Carillon.Data.Workflows;

namespace Carillon.Server.Changes.Promotion;

/// <summary>Copies steps. A step that was copied before keeps its id there; the layouts and feeds it names are those of the target.</summary>
internal sealed class StepPromotion(FeedPromotion feeds, LayoutPromotion layouts, Ids ids, TimeProvider clock)
{
    public async Task<IReadOnlyList<WorkflowStep>> CopyAsync(
        IReadOnlyList<WorkflowStep> steps, WorkflowVersion? known, Target target, CancellationToken ct)
    {
        var copies = (known?.AllSteps ?? []).Where(copy => copy.Template.ParentId is not null).ToDictionary(copy => copy.Template.ParentId!);
        List<WorkflowStep> copied = [];
        foreach (var step in steps)
            copied.Add(await CopyAsync(step, copies, target, ct));
        return copied;
    }

    private async Task<WorkflowStep> CopyAsync(
        WorkflowStep step, IReadOnlyDictionary<string, WorkflowStep> copies, Target target, CancellationToken ct)
    {
        List<WorkflowStep> variants = [];
        foreach (var variant in step.Variants ?? [])
            variants.Add(await CopyAsync(variant, copies, target, ct));

        var (copy, now) = (copies.GetValueOrDefault(step.Id), clock.GetUtcNow());
        return step with
        {
            Id = copy?.Id ?? ids.New(),
            Variants = step.Variants is null ? null : variants,
            Template = step.Template with
            {
                FeedId = step.Template.FeedId is { } feed ? await feeds.EnsureAsync(feed, target, ct) : null,
                LayoutId = step.Template.LayoutId is { } layout ? await layouts.EnsureAsync(layout, target, ct) : null,
                ParentId = step.Id,
                CreatedAt = copy?.Template.CreatedAt ?? now,
                UpdatedAt = now,
            },
        };
    }
}
