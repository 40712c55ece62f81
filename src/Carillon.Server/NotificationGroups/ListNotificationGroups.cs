using Carillon.Data;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.NotificationGroups;

internal static class ListNotificationGroups
{
    public static async Task<Answer<IReadOnlyList<NotificationGroupView>>> Handle(CarillonDb db, CancellationToken ct)
    {
        var groups = await db.NotificationGroups.AsNoTracking()
            .OrderBy(group => group.CreatedAt).ThenBy(group => group.Id)
            .ToListAsync(ct);
        return Answer.Of<IReadOnlyList<NotificationGroupView>>([.. groups.Select(NotificationGroupView.InList)]);
    }
}
