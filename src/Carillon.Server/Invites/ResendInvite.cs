using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Mail;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Invites;

/// <summary>Sends an invitation once more. The link stays the same, so that the first mail, found later, still works.</summary>
internal static class ResendInvite
{
    public sealed record Request(string MemberId) : IRequest<Request>
    {
        public static Request Read(Fields fields)
        {
            var id = fields["memberId"].String().NotEmpty();
            return new(id.Must(string.IsNullOrEmpty(id.TextOrNull) || Ids.IsId(id.Text), "memberId must be a mongodb id").Text);
        }
    }

    public static async Task<Results<Answer<Invited>, Problem>> Handle(
        Body<Request> body, Caller caller, CarillonDb db, InviteWriter writer, SystemMail mail, TimeProvider clock, CancellationToken ct)
    {
        var id = body.Value.MemberId.ToLowerInvariant();
        var member = await db.Members.SingleOrDefaultAsync(found => found.Id == id && found.OrganizationId == caller.OrganizationId, ct);
        if (member is null) return Problem.BadRequest("Member not found");
        if (member.Status != MemberStatus.Invited) return Problem.BadRequest("Member already active");
        if (member.Invite is not { } invite) return Problem.BadRequest("Invited user is not found");

        var now = clock.GetUtcNow();
        member.Invite = invite with { InvitationDate = now, InviterId = caller.UserId };
        member.UpdatedAt = now;
        await writer.WriteAsync([member.Invite], ct);
        await db.SaveChangesAsync(ct);
        mail.Post();
        return Answer.Of(new Invited());
    }
}
