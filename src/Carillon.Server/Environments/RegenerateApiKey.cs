using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Environments;

/// <summary>Replaces all keys of the environment by a new one. The old ones stop working at once.</summary>
internal static class RegenerateApiKey
{
    public static async Task<Results<Answer<IReadOnlyList<ApiKeyView>>, Problem>> Handle(
        Caller caller, CurrentEnvironment current, CarillonDb db, Founding founding, ApiKeys keys, CancellationToken ct)
    {
        if (await db.Environments.SingleOrDefaultAsync(found => found.Id == current.Id, ct) is not { } environment)
            return Problem.BadRequest($"Environment id: {current.Id} not found");

        var made = founding.NewKey(environment, caller.UserId);
        await using (var change = await db.Database.BeginTransactionAsync(ct))
        {
            await db.ApiKeys.ExecuteDeleteAsync(ct);
            db.ApiKeys.Add(made.Row);
            await db.SaveChangesAsync(ct);
            await change.CommitAsync(ct);
        }

        keys.Forget(environment.Id);
        return Answer.Of<IReadOnlyList<ApiKeyView>>([new() { Key = made.ClearText, UserId = caller.UserId }]);
    }
}
