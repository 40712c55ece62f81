using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Data.Users;
using Carillon.Server.Http.Access;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

/// <summary>The token a person gets on signing in: for the organization they have been in longest, if any.</summary>
internal static class FirstToken
{
    public static async Task<string> MintAsync(CarillonDb db, UserTokens tokens, User user, CancellationToken ct)
    {
        var member = await db.Members
            .Where(member => member.UserId == user.Id && member.Status == MemberStatus.Active)
            .OrderBy(member => member.CreatedAt)
            .FirstOrDefaultAsync(ct);
        return tokens.Mint(user, member?.OrganizationId, member?.Roles ?? []);
    }
}
