using Carillon.Data;
using Carillon.Data.Changes;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Recording;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.NotificationGroups;

internal sealed class CreateNotificationGroup(CarillonDb db, CurrentEnvironment environment, ChangeLog changes, Ids ids, TimeProvider clock)
{
    public static Task<Answer<NotificationGroupView>> Handle(
        Body<GroupName> body, Caller caller, CreateNotificationGroup create, CancellationToken ct) =>
        create.RunAsync(body.Value.Name, caller, ct);

    private async Task<Answer<NotificationGroupView>> RunAsync(string name, Caller caller, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var group = new NotificationGroup
        {
            Id = ids.New(),
            EnvironmentId = environment.Id,
            OrganizationId = caller.OrganizationId,
            Name = name,
            ParentId = await OldestAsync(caller.OrganizationId, ct),
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(group);
        await changes.RecordAsync(new Note(ChangeType.Group, group.Id, NotificationGroupView.Of(group)), ct);
        await db.SaveChangesAsync(ct);

        return Answer.Of(NotificationGroupView.Of(group));
    }

    // Clients see the organization's first group as the parent of all others, whichever environment it is in. Where changes are
    // published to it is the first of that environment: a parent elsewhere is what a group was promoted from.
    private async Task<string?> OldestAsync(string organizationId, CancellationToken ct)
    {
        var isPublishedTo = await db.Environments.AnyAsync(one => one.Id == environment.Id && one.ParentId != null, ct);
        return await db.NotificationGroups
            .IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
            .Where(group => group.OrganizationId == organizationId && (!isPublishedTo || group.EnvironmentId == environment.Id))
            .OrderBy(group => group.ParentId != null).ThenBy(group => group.CreatedAt).ThenBy(group => group.Id)
            .Select(group => group.Id)
            .FirstOrDefaultAsync(ct);
    }
}
