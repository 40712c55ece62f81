using Carillon.Data;
using Carillon.Server.Http.Access;
using Carillon.Server.Realtime.Inboxes;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Realtime.SocketIo;

/// <summary>Lets in whose token is valid and who still is there.</summary>
internal sealed class Doorkeeper(SubscriberTokens tokens, Database database)
{
    public async Task<Visitor?> AdmitAsync(string text, CancellationToken ct)
    {
        if (await tokens.ReadAsync(text) is not { } token) return null;

        await using var db = database.Open(token.EnvironmentId);
        return await db.Subscribers.Where(subscriber => subscriber.Id == token.SubscriberId)
            .Select(subscriber => new Visitor(subscriber.Id, subscriber.EnvironmentId, subscriber.OrganizationId, token.ExpiresAt))
            .SingleOrDefaultAsync(ct);
    }
}
