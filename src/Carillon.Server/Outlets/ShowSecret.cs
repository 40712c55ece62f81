using Carillon.Data;
using Carillon.Data.Secrets;
using Carillon.Engine.Outgoing;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Outlets;

internal static class ShowSecret
{
    /// <param name="Secret">What events are signed with.</param>
    /// <param name="PreviousUntil">Until when they are signed with the one before as well.</param>
    public sealed record View(string Secret, DateTimeOffset? PreviousUntil);

    public static async Task<Results<Answer<View>, Problem>> Handle(
        MongoId endpointId, CarillonDb db, SecretBox box, TimeProvider clock, CancellationToken ct) =>
        await db.EventEndpoints.AsNoTracking().SingleOrDefaultAsync(one => one.Id == endpointId.Text, ct) is { } endpoint
            ? Answer.Of(Of(box.SecretsOf(endpoint), clock.GetUtcNow()))
            : GetEndpoint.Unknown(endpointId);

    public static View Of(IReadOnlyList<EndpointSecret> secrets, DateTimeOffset now) =>
        new(secrets[0].Secret, secrets.Skip(1).Where(one => one.Holds(now)).Max(one => one.Until));
}
