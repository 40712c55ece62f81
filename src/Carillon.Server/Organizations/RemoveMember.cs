using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Organizations;

/// <summary>Takes somebody out of the organization, or an invitation back. Their API keys go on working, and become an admin's.</summary>
internal static class RemoveMember
{
    public static async Task<Results<Answer<MemberView>, Problem>> Handle(
        MongoId memberId, Caller caller, CarillonDb db, ApiKeys keys, CancellationToken ct)
    {
        await using var change = await db.BeginMembershipChangeAsync(caller.OrganizationId, ct);
        var members = await db.Members.Where(member => member.OrganizationId == caller.OrganizationId).ToListAsync(ct);
        if (members.SingleOrDefault(member => member.Id == memberId.Text) is not { } leaving) return Problem.NotFound("Member not found");
        if (leaving.UserId == caller.UserId) return Problem.BadRequest("Cannot remove self from members");

        members.Remove(leaving);
        if (Admins.HeirOf(members, caller.UserId) is not { } heir) return Admins.NoneLeft();

        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == leaving.UserId, ct);
        db.Remove(leaving);
        await db.SaveChangesAsync(ct);
        if (user is not null) await ReassignKeysAsync(user.Id, heir, caller.OrganizationId, db, ct);
        await change.CommitAsync(ct);

        await ForgetKeysAsync(caller.OrganizationId, db, keys, ct);
        return Answer.Of(MemberView.Of(leaving, user));
    }

    // Keys of all environments of the organization; its id takes the place of the environment filter.
    private static Task<int> ReassignKeysAsync(string userId, string heir, string organizationId, CarillonDb db, CancellationToken ct) =>
        db.ApiKeys.IgnoreQueryFilters(new[] { CarillonDb.EnvironmentFilter })
            .Where(key => key.OrganizationId == organizationId && key.UserId == userId)
            .ExecuteUpdateAsync(row => row.SetProperty(key => key.UserId, heir), ct);

    private static async Task ForgetKeysAsync(string organizationId, CarillonDb db, ApiKeys keys, CancellationToken ct)
    {
        var environments = db.Environments.Where(environment => environment.OrganizationId == organizationId).Select(environment => environment.Id);
        foreach (var environmentId in await environments.ToListAsync(ct))
            keys.Forget(environmentId);
    }
}
