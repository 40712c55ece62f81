using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

/// <summary>A fresh token that says only who it is; an organization is chosen with it anew.</summary>
internal static class RefreshToken
{
    public static async Task<Answer<string>> Handle(Caller caller, CarillonDb db, UserTokens tokens, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleAsync(user => user.Id == caller.UserId, ct);
        return Answer.Of(tokens.Mint(user, organizationId: null, roles: []));
    }
}
