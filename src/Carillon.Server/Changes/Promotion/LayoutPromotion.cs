using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Data.Layouts;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes.Promotion;

/// <summary>
/// Copies a layout. That it is the default is a change of its own, and only ever moves: the target is never without one.
/// </summary>
internal sealed class LayoutPromotion(CarillonDb db, Ids ids, TimeProvider clock)
{
    public async Task<Problem?> ApplyAsync(string layoutId, Target target, bool movesDefault, CancellationToken ct)
    {
        var layout = await db.Layouts.DeletedOrNot().SingleAsync(layout => layout.Id == layoutId, ct);
        var copy = await CopyOfAsync(layout, target, ct);
        if (layout.DeletedAt is not null) return copy is null ? null : await DeleteAsync(copy, target, ct);
        if (await ClashAsync(layout, copy, target, ct) is { } clash) return clash;

        copy = Write(layout, copy, target);
        if (movesDefault && layout.IsDefault) await MakeDefaultAsync(copy, target, ct);
        await db.SaveChangesAsync(ct);
        return null;
    }

    /// <summary>The id of the same layout in the target, where it is made if it is not there; null when there is none to copy.</summary>
    public async Task<string?> EnsureAsync(string layoutId, Target target, CancellationToken ct)
    {
        if (await db.Layouts.Of(target).SingleOrDefaultAsync(copy => copy.ParentId == layoutId, ct) is { } known) return known.Id;
        if (await db.Layouts.SingleOrDefaultAsync(layout => layout.Id == layoutId, ct) is not { } layout) return null;

        await db.MarkAppliedAsync(layoutId, ChangeType.Layout, clock.GetUtcNow(), ct);
        var copy = Write(layout, await CopyOfAsync(layout, target, ct), target);
        await db.SaveChangesAsync(ct);
        return copy.Id;
    }

    // One that was made there under the same identifier, and is nobody's copy, is the same layout.
    private async Task<Layout?> CopyOfAsync(Layout layout, Target target, CancellationToken ct) =>
        await db.Layouts.Of(target).DeletedOrNot().SingleOrDefaultAsync(copy => copy.ParentId == layout.Id, ct)
        ?? await db.Layouts.Of(target).SingleOrDefaultAsync(copy => copy.ParentId == null && copy.Identifier == layout.Identifier, ct);

    private async Task<Problem?> ClashAsync(Layout layout, Layout? copy, Target target, CancellationToken ct) =>
        await db.Layouts.Of(target).AnyAsync(other => other.Identifier == layout.Identifier && (copy == null || other.Id != copy.Id), ct)
            ? Problem.Conflict($"Layout with identifier: {layout.Identifier} already exists under environment {target.EnvironmentId}")
            : null;

    private async Task<Problem?> DeleteAsync(Layout copy, Target target, CancellationToken ct)
    {
        if (await db.WorkflowUses.Of(target).AnyAsync(use => use.UsedId == copy.Id, ct))
            return Problem.Conflict($"Layout with id {copy.Id} is being used so it can not be deleted");
        if (copy.IsDefault)
            return Problem.Conflict($"Layout with id {copy.Id} is being used as your default layout, so it can not be deleted");

        copy.DeletedAt ??= clock.GetUtcNow();
        return null;
    }

    private Layout Write(Layout layout, Layout? copy, Target target)
    {
        var now = clock.GetUtcNow();
        if (copy is null)
        {
            copy = new()
            {
                Id = ids.New(),
                EnvironmentId = target.EnvironmentId,
                OrganizationId = target.OrganizationId,
                CreatorId = layout.CreatorId,
                Name = layout.Name,
                Identifier = layout.Identifier,
                Content = layout.Content,
                CreatedAt = now,
                UpdatedAt = now,
            };
            db.Add(copy);
        }

        copy.ParentId = layout.Id;
        copy.Name = layout.Name;
        copy.Identifier = layout.Identifier;
        copy.Description = layout.Description;
        copy.Content = layout.Content;
        copy.Variables = layout.Variables;
        copy.DeletedAt = null;
        copy.UpdatedAt = now;
        return copy;
    }

    // Taken from the one that has it first: there never are two, not even for the length of a statement.
    private async Task MakeDefaultAsync(Layout copy, Target target, CancellationToken ct)
    {
        await db.Layouts.Of(target).Where(other => other.IsDefault && other.Id != copy.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(other => other.IsDefault, false), ct);
        copy.IsDefault = true;
    }
}
