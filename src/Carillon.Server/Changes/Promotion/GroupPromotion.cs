using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes.Promotion;

/// <summary>A group is made or renamed, and goes when it is gone.</summary>
internal sealed class GroupPromotion(CarillonDb db, Ids ids, TimeProvider clock)
{
    public async Task<Problem?> ApplyAsync(string groupId, Target target, CancellationToken ct)
    {
        var group = await db.NotificationGroups.SingleOrDefaultAsync(group => group.Id == groupId, ct);
        var copy = await CopyOfAsync(groupId, group?.Name, target, ct);
        if (group is not null)
            Write(group, copy, target);
        else if (copy is not null)
            db.Remove(copy);

        await db.SaveChangesAsync(ct);
        return null;
    }

    /// <summary>The id of the same group in the target, where it is made if it is not there; null when there is none to copy.</summary>
    public async Task<string?> EnsureAsync(string groupId, Target target, CancellationToken ct)
    {
        var group = await db.NotificationGroups.SingleOrDefaultAsync(group => group.Id == groupId, ct);
        var known = await CopyOfAsync(groupId, group?.Name, target, ct);
        if (known?.ParentId == groupId || group is null) return known?.Id;

        await db.MarkAppliedAsync(groupId, ChangeType.Group, clock.GetUtcNow(), ct);
        var copy = Write(group, known, target);
        await db.SaveChangesAsync(ct);
        return copy.Id;
    }

    // A group that was there from the beginning is nobody's copy, and becomes that of the group of its name.
    private Task<NotificationGroup?> CopyOfAsync(string groupId, string? name, Target target, CancellationToken ct) =>
        db.NotificationGroups.Of(target)
            .Where(copy => copy.ParentId == groupId || (copy.ParentId == null && copy.Name == name))
            .OrderByDescending(copy => copy.ParentId == groupId).ThenBy(copy => copy.CreatedAt).ThenBy(copy => copy.Id)
            .FirstOrDefaultAsync(ct);

    private NotificationGroup Write(NotificationGroup group, NotificationGroup? copy, Target target)
    {
        var now = clock.GetUtcNow();
        if (copy is not null)
        {
            copy.ParentId = group.Id;
            copy.Name = group.Name;
            copy.UpdatedAt = now;
            return copy;
        }

        var made = new NotificationGroup
        {
            Id = ids.New(),
            EnvironmentId = target.EnvironmentId,
            OrganizationId = target.OrganizationId,
            Name = group.Name,
            ParentId = group.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(made);
        return made;
    }
}
