using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes.Promotion;

/// <summary>
/// Publishes a change with what belongs to it, in one transaction. A pending change says how a thing stands, so the thing itself is
/// what is copied; what has been applied already is left alone.
/// </summary>
internal sealed class Publishing(
    CarillonDb db, CurrentEnvironment environment, ChangeViews views, Promotions promotions, TimeProvider clock)
{
    /// <summary>The changes as they were, or why none was applied.</summary>
    internal sealed record Published(IReadOnlyList<ChangeView> Before, Problem? Problem = null);

    public Task<Published> ApplyAsync(string changeId, CancellationToken ct) => db.RetryLostRacesAsync(() => RunAsync(changeId, ct));

    private async Task<Published> RunAsync(string changeId, CancellationToken ct)
    {
        await using var publication = await db.Database.BeginTransactionAsync(ct);
        if (await RootAsync(changeId, ct) is not { } rootId) return new([], Problem.NotFound("Parent Change not found"));
        if (await Target.HoldAsync(db, environment.Id, ct) is not { } target)
            return new([], Problem.NotFound($"Environment {environment.Id} not found"));

        // First the things, then once more their changes: whoever was writing one has finished, and the next one waits.
        await HeldThings.HoldAsync(db, await TreeAsync(rootId, ct), ct);
        db.ChangeTracker.Clear();
        var tree = await TreeAsync(rootId, ct);
        var before = await views.OfAsync(tree, ct);
        foreach (var change in tree.Where(change => !change.Enabled))
        {
            if (await promotions.ApplyAsync(change, target, ct) is { } problem) return new([], problem);

            change.Enabled = true;
            change.UpdatedAt = clock.GetUtcNow();
        }

        await db.SaveChangesAsync(ct);
        await publication.CommitAsync(ct);
        return new([.. before.Select(view => view.Id == rootId ? view with { SecondId = rootId } : view)]);
    }

    // What a step says is a part of its workflow, and is published with it.
    private async Task<string?> RootAsync(string changeId, CancellationToken ct)
    {
        var change = await db.Changes
            .Where(change => change.Id == changeId)
            .Select(change => new { change.Id, change.Type, change.ParentId })
            .SingleOrDefaultAsync(ct);
        return change is { Type: ChangeType.Template, ParentId: { } workflows } ? workflows : change?.Id;
    }

    /// <summary>The change behind all that belongs to it, the oldest first, and each of those behind what belongs to that.</summary>
    private async Task<IReadOnlyList<Change>> TreeAsync(string rootId, CancellationToken ct)
    {
        var root = await db.Changes.SingleAsync(change => change.Id == rootId, ct);
        List<Change> found = [root];
        for (var level = new List<string> { rootId }; level.Count > 0;)
        {
            var parents = level;
            var known = found.Select(change => change.Id).ToList();
            var children = await db.Changes
                .Where(change => parents.Contains(change.ParentId!) && !known.Contains(change.Id))
                .OrderBy(change => change.CreatedAt).ThenBy(change => change.Id)
                .ToListAsync(ct);
            found.AddRange(children);
            level = [.. children.Select(change => change.Id)];
        }

        return [.. InOrder(root, found.ToLookup(change => change.ParentId))];
    }

    private static IEnumerable<Change> InOrder(Change change, ILookup<string?, Change> byParent) =>
        byParent[change.Id].SelectMany(child => InOrder(child, byParent)).Append(change);
}
