using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

internal static class SwitchOrganization
{
    public static async Task<Results<Answer<string>, Problem>> Handle(
        MongoId organizationId, Caller caller, CarillonDb db, UserTokens tokens, CancellationToken ct)
    {
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(
            member => member.OrganizationId == organizationId.Text && member.UserId == caller.UserId && member.Status == MemberStatus.Active, ct);
        if (member is null) return Problem.Unauthorized($"Not authorized for organization {organizationId}");

        var user = await db.Users.AsNoTracking().SingleAsync(user => user.Id == caller.UserId, ct);
        return Answer.Of(tokens.Mint(user, member.OrganizationId, member.Roles));
    }
}
