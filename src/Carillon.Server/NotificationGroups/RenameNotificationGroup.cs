using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Recording;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.NotificationGroups;

internal static class RenameNotificationGroup
{
    public static async Task<Results<Answer<NotificationGroupView>, Problem>> Handle(
        MongoId id, Body<GroupName> body, CarillonDb db, ChangeLog changes, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        if (await db.HoldGroupAsync(id, ct) is not { } group) return Problem.NotFound();

        group.Name = body.Value.Name;
        group.UpdatedAt = clock.GetUtcNow();
        await changes.RecordAsync(new Note(ChangeType.Group, group.Id, NotificationGroupView.Of(group)), ct);
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return Answer.Of(NotificationGroupView.Of(group));
    }
}
