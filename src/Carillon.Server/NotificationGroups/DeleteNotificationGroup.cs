using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.NotificationGroups;

/// <summary>Workflows keep the id of a group that is gone; their lists then show none.</summary>
internal static class DeleteNotificationGroup
{
    public sealed record View(bool Acknowledged, string Status);

    public static async Task<Results<Answer<View>, Problem>> Handle(MongoId id, CarillonDb db, CancellationToken ct)
    {
        var deleted = await db.NotificationGroups.Where(group => group.Id == id.Text).ExecuteDeleteAsync(ct);
        return deleted == 0 ? Problem.NotFound() : Answer.Of(new View(Acknowledged: true, "deleted"));
    }
}
