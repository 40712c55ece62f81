using Carillon.Data.Secrets;

namespace Carillon.Engine.Emails;

/// <summary>
/// The links to somebody's own preference page: valid for ever, as the mails are that they stand in, and signed, so that nobody opens
/// another's. <paramref name="root"/> is where browsers reach us; without it mails have no links.
/// </summary>
public sealed class PreferenceLinks(MasterSecret secret, string? root)
{
    private readonly SealedIds _ids = new(secret.KeyFor("preference-page"), count: 2);

    public string? Of(string environmentId, string subscriberId) =>
        root is null ? null : $"{root.TrimEnd('/')}{PathOf(environmentId, subscriberId)}";

    public string PathOf(string environmentId, string subscriberId) => $"/v1/preference-page/{_ids.Write(environmentId, subscriberId)}";

    /// <summary>Null for what we did not sign.</summary>
    public (string EnvironmentId, string SubscriberId)? Read(string token) =>
        _ids.Read(token) is [var environmentId, var subscriberId] ? (environmentId, subscriberId) : null;
}
