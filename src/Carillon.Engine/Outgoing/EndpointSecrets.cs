using System.Security.Cryptography;
using System.Text;
using Carillon.Data.Mapping;
using Carillon.Data.Outgoing;
using Carillon.Data.Secrets;

namespace Carillon.Engine.Outgoing;

/// <summary>A secret that events are signed with; one that was replaced goes on signing until then, so that its receiver has time.</summary>
public sealed record EndpointSecret(string Secret, DateTimeOffset? Until = null)
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    public static EndpointSecret New() => new(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));

    public bool Holds(DateTimeOffset now) => Until is null || now < Until;

    public byte[] Key => Convert.FromBase64String(Secret[Prefix.Length..]);
}

/// <summary>Signs as Standard Webhooks has it. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</summary>
public static class EndpointSecrets
{
    extension(SecretBox box)
    {
        public string Seal(IReadOnlyList<EndpointSecret> secrets) => box.Seal(Purpose.EventEndpoint, JsonColumn.Write(secrets));

        public IReadOnlyList<EndpointSecret> SecretsOf(EventEndpoint endpoint) =>
            JsonColumn.Read<IReadOnlyList<EndpointSecret>>(box.Open(Purpose.EventEndpoint, endpoint.Cipher));
    }

    /// <summary>One signature for each secret that holds, the newest first.</summary>
    public static string Sign(this IReadOnlyList<EndpointSecret> secrets, string messageId, DateTimeOffset now, string body)
    {
        var text = Encoding.UTF8.GetBytes($"{messageId}.{now.ToUnixTimeSeconds()}.{body}");
        return string.Join(' ', secrets.Where(one => one.Holds(now)).Select(one => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(one.Key, text))}"));
    }
}
