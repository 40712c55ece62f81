using Carillon.Data.Secrets;
using Carillon.Data.Subscribers;

namespace Carillon.Server.Http.Access;

/// <summary>Tokens of subscribers, as inbox components carry them. Their key is their own: no user's token opens an inbox.</summary>
internal sealed class SubscriberTokens(MasterSecret secret, TimeProvider clock)
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(15);

    private readonly SignedTokens _tokens = new(secret.KeyFor("subscriber-token"), "widget_user", clock);

    public string Mint(Subscriber subscriber) => _tokens.Mint(Validity, new()
    {
        ["_id"] = subscriber.Id,
        ["firstName"] = subscriber.FirstName,
        ["lastName"] = subscriber.LastName,
        ["email"] = subscriber.Email,
        ["organizationId"] = subscriber.OrganizationId,
        ["environmentId"] = subscriber.EnvironmentId,
        ["subscriberId"] = subscriber.ExternalId,
    });

    public async ValueTask<SubscriberToken?> ReadAsync(string token) =>
        await _tokens.ReadAsync(token) is { } claims
        && claims.TryGetPayloadValue<string>("_id", out var id)
        && claims.TryGetPayloadValue<string>("environmentId", out var environmentId)
            ? new(id, environmentId, claims.ValidTo)
            : null;
}

internal sealed record SubscriberToken(string SubscriberId, string EnvironmentId, DateTimeOffset ExpiresAt);
