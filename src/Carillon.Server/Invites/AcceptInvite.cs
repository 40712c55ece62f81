using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Invites;

/// <summary>The link alone is not enough: the account must be that of the address it was sent to.</summary>
internal static class AcceptInvite
{
    public static async Task<Results<Answer<string>, Problem>> Handle(
        string inviteToken, Caller caller, CarillonDb db, UserTokens tokens, TimeProvider clock, CancellationToken ct)
    {
        var organizationId = await db.Members.Where(found => found.InviteToken == inviteToken).Select(found => found.OrganizationId).SingleOrDefaultAsync(ct);
        if (organizationId is null) return Problem.BadRequest("No organization found");

        var user = await db.Users.AsNoTracking().SingleAsync(user => user.Id == caller.UserId, ct);
        await using var change = await db.BeginMembershipChangeAsync(organizationId, ct);
        var (member, problem) = await Acceptance.JoinAsync(db, inviteToken, user, clock.GetUtcNow(), ct);
        if (problem is not null) return problem;

        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return Answer.Of(tokens.Mint(user, organizationId, member!.Roles));
    }
}
