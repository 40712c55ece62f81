using Carillon.Data.Secrets;

namespace Carillon.Engine.Emails;

/// <summary>Who wants no more mails of which workflow.</summary>
public sealed record Unsubscription(string EnvironmentId, string SubscriberId, string WorkflowId)
{
    /// <summary>Whether the mail is young enough to lead further than out.</summary>
    public bool IsCurrent { get; init; } = true;
}

/// <summary>
/// The links by which people leave a workflow's mails: an address that is valid for ever and signed, so that nobody leaves in another's
/// name. <paramref name="root"/> is where browsers reach us; without it there are no links.
/// </summary>
public sealed class UnsubscribeLinks(MasterSecret secret, string? root, TimeProvider clock)
{
    private readonly SealedIds _ids = new(secret.KeyFor("unsubscribe"), count: 3, clock);

    /// <summary>What previews show: it looks like a link, and leads nobody out.</summary>
    public string? Example => To("example");

    public string? Of(Unsubscription who) => To(_ids.Write(who.EnvironmentId, who.SubscriberId, who.WorkflowId));

    /// <summary>Null for what we did not sign.</summary>
    public Unsubscription? Read(string token) => _ids.Read(token) is { Ids: [var environmentId, var subscriberId, var workflowId] } read
        ? new(environmentId, subscriberId, workflowId) { IsCurrent = read.IsCurrent }
        : null;

    private string? To(string token) => root is null ? null : $"{root.TrimEnd('/')}/v1/unsubscribe/{token}";
}
