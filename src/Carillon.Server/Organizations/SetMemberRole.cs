using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Organizations;

internal static class SetMemberRole
{
    public sealed record Request(string Role) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields["role"].OneOf(Member.Admin, Member.Plain).Text);
    }

    public static async Task<Results<Answer<MemberView>, Problem>> Handle(
        MongoId memberId, Body<Request> body, Caller caller, CarillonDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await db.BeginMembershipChangeAsync(caller.OrganizationId, ct);
        var members = await db.Members.Where(member => member.OrganizationId == caller.OrganizationId).ToListAsync(ct);
        if (members.SingleOrDefault(member => member.Id == memberId.Text) is not { } member) return Problem.NotFound("No member was found");

        member.Roles = [body.Value.Role];
        member.UpdatedAt = clock.GetUtcNow();
        if (Admins.HeirOf(members, caller.UserId) is null) return Admins.NoneLeft();

        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return Answer.Of(MemberView.Of(member));
    }
}
