using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Realtime.Inboxes;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Realtime.SocketIo;

/// <summary>Lets in whose token is valid and who still is there, from the pages that their environment lists, if it does.</summary>
internal sealed class Doorkeeper(SubscriberTokens tokens, Database database)
{
    public async Task<Visitor?> AdmitAsync(string text, string? origin, CancellationToken ct)
    {
        if (await tokens.ReadAsync(text) is not { } token) return null;

        await using var db = database.Open(token.EnvironmentId);
        var found = await (
            from subscriber in db.Subscribers
            join environment in db.Environments on subscriber.EnvironmentId equals environment.Id
            where subscriber.Id == token.SubscriberId
            select new { subscriber, environment.Settings }).AsNoTracking().SingleOrDefaultAsync(ct);
        return found is null || !found.Settings.OpensInboxTo(origin)
            ? null
            : new(found.subscriber.Id, found.subscriber.EnvironmentId, found.subscriber.OrganizationId, token.ExpiresAt);
    }
}
