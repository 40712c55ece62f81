using Carillon.Data;
using Carillon.Data.Organizations;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Environments;

/// <summary>Removes one key of the environment, which stops working at once. The last one stays: without any, nothing could sign for it.</summary>
internal static class DeleteApiKey
{
    public static async Task<Results<Answer<Deletion>, Problem>> Handle(
        MongoId apiKeyId, Caller caller, CurrentEnvironment current, CarillonDb db, ApiKeys keys, CancellationToken ct)
    {
        await using (var change = await db.BeginMembershipChangeAsync(caller.OrganizationId, ct))
        {
            var all = await db.ApiKeys.ToListAsync(ct);
            if (all.SingleOrDefault(key => key.Id == apiKeyId.Text) is not { } unwanted) return Problem.NotFound($"API key with id {apiKeyId} not found");
            if (all.Count == 1) return Problem.BadRequest("The last API key of an environment cannot be removed");

            db.Remove(unwanted);
            await db.SaveChangesAsync(ct);
            await change.CommitAsync(ct);
        }

        keys.Forget(current.Id);
        return Answer.Of(Deletion.Done);
    }
}
