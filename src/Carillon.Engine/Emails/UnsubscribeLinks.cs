using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Carillon.Data.Secrets;

namespace Carillon.Engine.Emails;

/// <summary>Who wants no more mails of which workflow.</summary>
public sealed record Unsubscription(string EnvironmentId, string SubscriberId, string WorkflowId);

/// <summary>
/// The links by which people leave a workflow's mails: an address that is valid for ever and signed, so that nobody leaves in another's
/// name. <paramref name="root"/> is where browsers reach us; without it there are no links.
/// </summary>
public sealed class UnsubscribeLinks(MasterSecret secret, string? root)
{
    private const int IdLength = 24;

    private readonly byte[] _key = secret.KeyFor("unsubscribe");

    public string? Of(Unsubscription who) =>
        root is null ? null : $"{root.TrimEnd('/')}/v1/unsubscribe/{who.EnvironmentId}{who.SubscriberId}{who.WorkflowId}{SealOf(who)}";

    /// <summary>Null for what we did not sign.</summary>
    public Unsubscription? Read(string token)
    {
        if (token.Length <= 3 * IdLength) return null;

        var who = new Unsubscription(token[..IdLength], token[IdLength..(2 * IdLength)], token[(2 * IdLength)..(3 * IdLength)]);
        var seal = Encoding.UTF8.GetBytes(token[(3 * IdLength)..]);
        return CryptographicOperations.FixedTimeEquals(seal, Encoding.UTF8.GetBytes(SealOf(who))) ? who : null;
    }

    private string SealOf(Unsubscription who) => Base64Url.EncodeToString(
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{who.EnvironmentId}{who.SubscriberId}{who.WorkflowId}")));
}
