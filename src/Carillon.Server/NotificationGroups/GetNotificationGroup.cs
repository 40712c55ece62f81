using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.NotificationGroups;

internal static class GetNotificationGroup
{
    public static async Task<Results<Answer<NotificationGroupView>, Problem>> Handle(MongoId id, CarillonDb db, CancellationToken ct)
    {
        var group = await db.NotificationGroups.AsNoTracking().SingleOrDefaultAsync(group => group.Id == id.Text, ct);
        return group is null ? Problem.NotFound() : Answer.Of(NotificationGroupView.Of(group));
    }
}
