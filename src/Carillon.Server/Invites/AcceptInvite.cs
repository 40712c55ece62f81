using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Invites;

/// <summary>
/// Makes a member of whoever was invited: the link alone is not enough, the account must be that of the address it was sent to.
/// Somebody who already is a member stays what they are.
/// </summary>
internal static class AcceptInvite
{
    public static async Task<Results<Answer<string>, Problem>> Handle(
        string inviteToken, Caller caller, CarillonDb db, UserTokens tokens, TimeProvider clock, CancellationToken ct)
    {
        var organizationId = await db.Members.Where(found => found.InviteToken == inviteToken).Select(found => found.OrganizationId).SingleOrDefaultAsync(ct);
        if (organizationId is null) return Problem.BadRequest("No organization found");

        await using var change = await db.BeginMembershipChangeAsync(organizationId, ct);
        var invited = await db.Members.SingleOrDefaultAsync(found => found.InviteToken == inviteToken, ct);
        if (invited is not { Status: MemberStatus.Invited, Invite: { } invite }) return Problem.BadRequest("Token expired");

        var user = await db.Users.AsNoTracking().SingleAsync(user => user.Id == caller.UserId, ct);
        if (user.Email != invite.Email) return Problem.BadRequest("No active invite found for user");

        var member = await db.Members.SingleOrDefaultAsync(found => found.OrganizationId == organizationId && found.UserId == user.Id, ct);
        if (member is null)
            Join(invited, user.Id, clock.GetUtcNow());
        else
            db.Remove(invited);
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return Answer.Of(tokens.Mint(user, organizationId, (member ?? invited).Roles));
    }

    private static void Join(Member member, string userId, DateTimeOffset now)
    {
        member.UserId = userId;
        member.Status = MemberStatus.Active;
        member.Invite = member.Invite! with { AnswerDate = now };
        member.UpdatedAt = now;
    }
}
