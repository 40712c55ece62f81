using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Layouts;

internal sealed class SetDefaultLayout(CarillonDb db, DefaultSwitch defaults, TimeProvider clock)
{
    public static Task<Results<NoContent, Problem>> Handle(
        MongoId layoutId, CurrentEnvironment environment, CarillonDb db, SetDefaultLayout set, CancellationToken ct) =>
        db.RetryLostRacesAsync(() => set.RunAsync(layoutId, environment.Id, ct));

    private async Task<Results<NoContent, Problem>> RunAsync(string id, string environmentId, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        if (await db.HoldLayoutAsync(id, ct) is not { } layout) return LayoutView.NotFound(id, environmentId);
        if (layout.IsDefault) return TypedResults.NoContent();

        layout.UpdatedAt = clock.GetUtcNow();
        await defaults.MoveToAsync(layout, layout.UpdatedAt, ct);
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
