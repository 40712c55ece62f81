using Carillon.Data;
using Carillon.Data.Tenants;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.WorkflowOverrides;

/// <summary>Changes what is sent, channel by channel.</summary>
internal static class UpdateOverride
{
    public static async Task<Results<Answer<OverrideView>, Problem>> Handle(
        MongoId overrideId, Body<OverrideFields> body, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var found = db.WorkflowOverrides.Where(one => one.Id == overrideId.Text);
        return await SaveAsync(found, body.Value, db, clock, ct) is { } saved
            ? Answer.Of(saved)
            : Problem.NotFound($"Workflow override with id {overrideId} not found");
    }

    /// <summary>Null when there is none, or it went in the meantime.</summary>
    internal static async Task<OverrideView?> SaveAsync(
        IQueryable<WorkflowOverride> which, OverrideFields says, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        if (await which.Select(one => one.Id).FirstOrDefaultAsync(ct) is not { } id) return null;

        // Writing the row, even with what it holds, makes the next writer wait: each merges into what the other left.
        await db.WorkflowOverrides.Where(one => one.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.UpdatedAt, one => one.UpdatedAt), ct);
        if (await db.WorkflowOverrides.SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found) return null;

        says.ApplyTo(found);
        found.UpdatedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return OverrideView.Of(found);
    }
}
