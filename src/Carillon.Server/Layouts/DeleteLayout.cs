using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Recording;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Layouts;

/// <summary>Marks a layout as deleted that no workflow uses and that is not the default.</summary>
internal static class DeleteLayout
{
    public static async Task<Results<NoContent, Problem>> Handle(
        MongoId layoutId, CurrentEnvironment environment, CarillonDb db, ChangeLog changes, TimeProvider clock, CancellationToken ct)
    {
        await using var deletion = await db.Database.BeginTransactionAsync(ct);
        if (await db.HoldLayoutAsync(layoutId, ct) is not { } layout) return LayoutView.NotFound(layoutId, environment.Id);
        if (await db.WorkflowUses.AnyAsync(use => use.UsedId == layoutId.Text, ct))
            return Problem.Conflict($"Layout with id {layoutId} is being used so it can not be deleted");
        if (layout.IsDefault)
            return Problem.Conflict($"Layout with id {layoutId} is being used as your default layout, so it can not be deleted");

        layout.DeletedAt = layout.UpdatedAt = clock.GetUtcNow();
        await changes.RecordAsync(new Note(ChangeType.Layout, layout.Id, LayoutView.InChange(layout)), ct);
        await db.SaveChangesAsync(ct);
        await deletion.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
