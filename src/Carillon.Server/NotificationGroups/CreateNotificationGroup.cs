using Carillon.Data;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.NotificationGroups;

internal static class CreateNotificationGroup
{
    public static async Task<Answer<NotificationGroupView>> Handle(
        Body<GroupName> body, Caller caller, CarillonDb db, CurrentEnvironment environment, Ids ids, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var group = new NotificationGroup
        {
            Id = ids.New(),
            EnvironmentId = environment.Id,
            OrganizationId = caller.OrganizationId,
            Name = body.Value.Name,
            ParentId = await OldestAsync(db, caller.OrganizationId, ct),
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(group);
        await db.SaveChangesAsync(ct);

        return Answer.Of(NotificationGroupView.Of(group));
    }

    // Clients see the organization's first group as the parent of all others, whichever environment it is in.
    private static Task<string?> OldestAsync(CarillonDb db, string organizationId, CancellationToken ct) => db.NotificationGroups
        .IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
        .Where(group => group.OrganizationId == organizationId)
        .OrderBy(group => group.ParentId != null).ThenBy(group => group.CreatedAt).ThenBy(group => group.Id)
        .Select(group => group.Id)
        .FirstOrDefaultAsync(ct);
}
