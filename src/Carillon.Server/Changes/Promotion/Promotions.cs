using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes.Promotion;

/// <summary>Every kind of thing that is published, and who copies it. What a step says comes with its workflow.</summary>
internal sealed class Promotions(
    CarillonDb db, FeedPromotion feeds, GroupPromotion groups, LayoutPromotion layouts, WorkflowPromotion workflows)
{
    public Task<Problem?> ApplyAsync(Change change, Target target, CancellationToken ct) => change.Type switch
    {
        ChangeType.Feed => feeds.ApplyAsync(change.EntityId, target, ct),
        ChangeType.Group => groups.ApplyAsync(change.EntityId, target, ct),
        ChangeType.Layout => layouts.ApplyAsync(change.EntityId, target, movesDefault: false, ct),
        ChangeType.DefaultLayout => layouts.ApplyAsync(change.EntityId, target, movesDefault: true, ct),
        ChangeType.Workflow => workflows.ApplyAsync(change.EntityId, target, ct),
        ChangeType.Template => Task.FromResult<Problem?>(null),
        _ => throw new InvalidOperationException($"Change {change.Id} is of type {change.Type}, which nobody knows."),
    };

    /// <summary>
    /// Keeps the things from being changed until the transaction is over: writing a row, even with what it holds, makes others wait.
    /// In the order in which a workflow is saved, so that nobody waits for somebody who waits for them.
    /// </summary>
    public async Task HoldAsync(IReadOnlyList<Change> changes, CancellationToken ct)
    {
        var ids = changes.Select(change => change.EntityId).Distinct().ToList();
        await db.Workflows.DeletedOrNot().Where(one => ids.Contains(one.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Active, one => one.Active), ct);
        await db.Feeds.DeletedOrNot().Where(one => ids.Contains(one.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.UpdatedAt, one => one.UpdatedAt), ct);
        await db.Layouts.DeletedOrNot().Where(one => ids.Contains(one.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.UpdatedAt, one => one.UpdatedAt), ct);
        await db.NotificationGroups.Where(one => ids.Contains(one.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.UpdatedAt, one => one.UpdatedAt), ct);
    }
}
