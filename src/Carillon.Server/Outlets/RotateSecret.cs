using Carillon.Data;
using Carillon.Data.Outgoing;
using Carillon.Data.Secrets;
using Carillon.Engine.Outgoing;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Outlets;

/// <summary>From now on events carry two signatures, until whoever receives them has had a day to learn the new secret.</summary>
internal static class RotateSecret
{
    private const int MostSecrets = 5;

    public static async Task<Results<Answer<ShowSecret.View>, Problem>> Handle(
        MongoId endpointId, CarillonDb db, CurrentEnvironment environment, SecretBox box, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        await db.HoldEndpointsAsync(environment.Id, ct);
        if (await db.EventEndpoints.SingleOrDefaultAsync(one => one.Id == endpointId.Text, ct) is not { } endpoint)
            return GetEndpoint.Unknown(endpointId);

        var now = clock.GetUtcNow();
        IReadOnlyList<EndpointSecret> secrets =
        [
            EndpointSecret.New(),
            .. box.SecretsOf(endpoint).Where(one => one.Holds(now)).Select(one => one with { Until = one.Until ?? now.AddDays(1) }).Take(MostSecrets - 1),
        ];
        endpoint.Cipher = box.Seal(secrets);
        endpoint.UpdatedAt = now;
        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        return Answer.Of(ShowSecret.Of(secrets, now));
    }
}
