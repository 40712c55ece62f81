using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.NotificationGroups;

internal static class RenameNotificationGroup
{
    public static async Task<Results<Answer<NotificationGroupView>, Problem>> Handle(
        MongoId id, Body<GroupName> body, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        var (name, now) = (body.Value.Name, clock.GetUtcNow());
        var renamed = await db.NotificationGroups.Where(group => group.Id == id.Text).ExecuteUpdateAsync(
            change => change.SetProperty(group => group.Name, name).SetProperty(group => group.UpdatedAt, now), ct);
        if (renamed == 0) return Problem.NotFound();

        // Somebody may delete it in between; then it is gone, as if that had come first.
        var group = await db.NotificationGroups.AsNoTracking().SingleOrDefaultAsync(group => group.Id == id.Text, ct);
        return group is null ? Problem.NotFound() : Answer.Of(NotificationGroupView.Of(group));
    }
}
