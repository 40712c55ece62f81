using Carillon.Data;
using Carillon.Data.Changes;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes.Promotion;

/// <summary>What changes are about, while they are published.</summary>
internal static class HeldThings
{
    /// <summary>
    /// Keeps the things from being changed until the transaction is over: writing a row, even with what it holds, makes others wait.
    /// In the order in which a workflow is saved, so that nobody waits for somebody who waits for them.
    /// </summary>
    public static async Task HoldAsync(CarillonDb db, IReadOnlyList<Change> changes, CancellationToken ct)
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
