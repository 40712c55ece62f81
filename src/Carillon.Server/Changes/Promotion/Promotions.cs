using Carillon.Data.Changes;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Recording;

namespace Carillon.Server.Changes.Promotion;

/// <summary>Every kind of thing that is published, and who copies it. What a step says comes with its workflow.</summary>
internal sealed class Promotions(
    FeedPromotion feeds, GroupPromotion groups, LayoutPromotion layouts, WorkflowPromotion workflows, Outbox outbox)
{
    public Task<Problem?> ApplyAsync(Change change, Target target, CancellationToken ct) => change.Type switch
    {
        ChangeType.Feed => feeds.ApplyAsync(change.EntityId, target, ct),
        ChangeType.Group => groups.ApplyAsync(change.EntityId, target, ct),
        ChangeType.Layout => layouts.ApplyAsync(change.EntityId, target, movesDefault: false, ct),
        ChangeType.DefaultLayout => layouts.ApplyAsync(change.EntityId, target, movesDefault: true, ct),
        ChangeType.Workflow => workflows.ApplyAsync(change.EntityId, target, outbox, ct),
        ChangeType.Template => Task.FromResult<Problem?>(null),
        _ => throw new InvalidOperationException($"Change {change.Id} is of type {change.Type}, which nobody knows."),
    };
}
