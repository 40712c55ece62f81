using Microsoft.EntityFrameworkCore;

namespace Carillon.Data.Execution;

/// <summary>How many runs of one version were made on one day, counted from 1970-01-01 in UTC.</summary>
public sealed record DailyCount(long Day, string WorkflowId, string VersionId, long Runs);

public static class DailyCounts
{
    /// <summary>Of events whose id is not below <paramref name="first"/>, see <see cref="Ids.FirstOf"/>.</summary>
    public static async Task<IReadOnlyList<DailyCount>> SinceAsync(CarillonDb db, string environmentId, string first, CancellationToken ct) =>
        await db.Database.SqlQuery<DailyCount>(
            $"""
             SELECT created_at / 86400000 AS "Day", workflow_id AS "WorkflowId", version_id AS "VersionId", COUNT(*) AS "Runs"
             FROM runs WHERE environment_id = {environmentId} AND event_id >= {first}
             GROUP BY created_at / 86400000, workflow_id, version_id
             """).ToListAsync(ct);
}
