using Carillon.Data.Secrets;

namespace Carillon.Engine.Emails;

/// <summary>
/// The links to somebody's own preference page: valid for a year, which mails are rarely kept for, and signed, so that nobody opens
/// another's. <paramref name="root"/> is where browsers reach us; without it mails have no links.
/// </summary>
public sealed class PreferenceLinks(MasterSecret secret, string? root, TimeProvider clock)
{
    private const string Path = "/v1/preference-page/";

    private readonly SealedIds _ids = new(secret.KeyFor("preference-page"), count: 2, clock);

    /// <summary>What previews show: it looks like a link, and opens nothing.</summary>
    public string? Example => root is null ? null : $"{root.TrimEnd('/')}{Path}example";

    public string? Of(string environmentId, string subscriberId) =>
        root is null ? null : $"{root.TrimEnd('/')}{PathOf(environmentId, subscriberId)}";

    public string PathOf(string environmentId, string subscriberId) => $"{Path}{_ids.Write(environmentId, subscriberId)}";

    /// <summary>Null for what we did not sign, and for what is older than a year.</summary>
    public (string EnvironmentId, string SubscriberId)? Read(string token) =>
        _ids.Read(token) is { IsCurrent: true, Ids: [var environmentId, var subscriberId] } ? (environmentId, subscriberId) : null;
}
