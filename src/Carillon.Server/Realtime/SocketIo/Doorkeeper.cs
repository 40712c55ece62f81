using Carillon.Server.Http.Access;
using Carillon.Server.Realtime.Inboxes;

namespace Carillon.Server.Realtime.SocketIo;

/// <summary>Lets in whose token is valid and who still is there, from the pages that their environment lists, if it does.</summary>
internal sealed class Doorkeeper(SubscriberTokens tokens, Guests guests)
{
    public async Task<Visitor?> AdmitAsync(string text, string? origin)
    {
        if (await tokens.ReadAsync(text) is not { } token) return null;

        return await guests.FindAsync(token.EnvironmentId, token.SubscriberId) is { } guest && guest.Settings.OpensInboxTo(origin)
            ? new(guest.Id, guest.EnvironmentId, guest.OrganizationId, token.ExpiresAt)
            : null;
    }
}
