using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Environments;

/// <summary>
/// Gives the environment a new key. Those before it go on working until they are removed, so that programs can be moved from
/// one to the other without a moment in which neither works.
/// </summary>
internal static class RegenerateApiKey
{
    private const int MostKeys = 10;

    public static async Task<Results<Answer<IReadOnlyList<ApiKeyView>>, Problem>> Handle(
        Caller caller, CurrentEnvironment current, CarillonDb db, Founding founding, CancellationToken ct)
    {
        await using var change = await db.BeginMembershipChangeAsync(caller.OrganizationId, ct);
        if (await db.Environments.SingleOrDefaultAsync(found => found.Id == current.Id, ct) is not { } environment)
            return Problem.BadRequest($"Environment id: {current.Id} not found");
        if (await db.ApiKeys.CountAsync(ct) >= MostKeys)
            return Problem.BadRequest($"An environment has at most {MostKeys} API keys, remove one first");

        var made = founding.NewKey(environment, caller.UserId);
        db.ApiKeys.Add(made.Row);
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return Answer.Of<IReadOnlyList<ApiKeyView>>([new() { Key = made.ClearText, UserId = caller.UserId }]);
    }
}
