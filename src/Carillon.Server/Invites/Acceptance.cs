using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Data.Users;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Invites;

/// <summary>Makes a member of whoever was invited, within the change of members that its caller began; saving is the caller's.</summary>
internal static class Acceptance
{
    /// <summary>The member, or why there is none. Somebody who already is a member stays what they are.</summary>
    public static async Task<(Member? Member, Problem? Problem)> JoinAsync(
        CarillonDb db, string inviteToken, User user, DateTimeOffset now, CancellationToken ct)
    {
        var invited = await db.Members.SingleOrDefaultAsync(found => found.InviteToken == inviteToken, ct);
        if (invited is not { Status: MemberStatus.Invited, Invite: { } invite }) return (null, Problem.BadRequest("Token expired"));
        if (user.Email != invite.Email) return (null, Problem.BadRequest("No active invite found for user"));

        var member = await db.Members.SingleOrDefaultAsync(found => found.OrganizationId == invited.OrganizationId && found.UserId == user.Id, ct);
        if (member is null)
            Join(invited, user.Id, now);
        else
            db.Remove(invited);
        return (member ?? invited, null);
    }

    private static void Join(Member member, string userId, DateTimeOffset now)
    {
        member.UserId = userId;
        member.Status = MemberStatus.Active;
        member.Invite = member.Invite! with { AnswerDate = now };
        member.UpdatedAt = now;
    }
}
