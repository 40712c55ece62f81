using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Auth;

internal static class SwitchEnvironment
{
    public static async Task<Results<Answer<TokenView>, Problem>> Handle(
        MongoId environmentId, Caller caller, CarillonDb db, UserTokens tokens, CancellationToken ct)
    {
        var exists = caller.HasOrganization && await db.Environments.AnyAsync(
            environment => environment.Id == environmentId.Text && environment.OrganizationId == caller.OrganizationId, ct);
        if (!exists) return Problem.NotFound("Environment not found");

        var user = await db.Users.AsNoTracking().SingleAsync(user => user.Id == caller.UserId, ct);
        return Answer.Of(new TokenView(tokens.Mint(user, caller.OrganizationId, caller.Roles, environmentId)));
    }
}
