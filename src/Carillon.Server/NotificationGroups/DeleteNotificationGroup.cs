using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Recording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.NotificationGroups;

/// <summary>Workflows keep the id of a group that is gone; their lists then show none.</summary>
internal static class DeleteNotificationGroup
{
    public static async Task<Results<Answer<Deletion>, Problem>> Handle(
        MongoId id, CarillonDb db, ChangeLog changes, TimeProvider clock, CancellationToken ct)
    {
        await using var deletion = await db.Database.BeginTransactionAsync(ct);
        if (await db.HoldGroupAsync(id, ct) is not { } group) return Problem.NotFound();

        db.Remove(group);
        await changes.RecordAsync(new Note(ChangeType.Group, group.Id, NotificationGroupView.Of(group) with { DeletedAt = clock.GetUtcNow() }), ct);
        await db.SaveChangesAsync(ct);
        await deletion.CommitAsync(ct);
        return Answer.Of(Deletion.Done);
    }
}
