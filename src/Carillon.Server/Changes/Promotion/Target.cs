using Carillon.Data;
using Carillon.Data.Environments;
using Carillon.Data.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Changes.Promotion;

/// <summary>The environment that this one is published to.</summary>
internal sealed record Target(string EnvironmentId, string OrganizationId)
{
    /// <summary>
    /// Null where nothing is published to another environment. Publications into one take turns: what one makes, the next one finds.
    /// </summary>
    public static async Task<Target?> HoldAsync(CarillonDb db, string sourceId, CancellationToken ct)
    {
        var target = await db.Environments.AsNoTracking()
            .Where(one => one.ParentId == sourceId)
            .OrderBy(one => one.CreatedAt).ThenBy(one => one.Id)
            .FirstOrDefaultAsync(ct);
        if (target is null) return null;

        await db.Environments.Where(one => one.Id == target.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.UpdatedAt, one => one.UpdatedAt), ct);
        return new(target.Id, target.OrganizationId);
    }
}

internal static class TargetRows
{
    extension<T>(IQueryable<T> rows)
        where T : class, IEnvironmentOwned
    {
        /// <summary>Those of the other environment. What is deleted there stays left out.</summary>
        public IQueryable<T> Of(Target target) => rows
            .IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
            .Where(row => EF.Property<string>(row, nameof(IEnvironmentOwned.EnvironmentId)) == target.EnvironmentId);
    }

    extension<T>(IQueryable<T> rows)
        where T : class, ISoftDeleted
    {
        /// <summary>Also those that are deleted.</summary>
        public IQueryable<T> DeletedOrNot() => rows.IgnoreQueryFilters(new[] { CarillonDb.DeletedFilter });
    }
}
