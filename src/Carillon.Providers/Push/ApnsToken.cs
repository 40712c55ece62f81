using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Providers.Http;

namespace Carillon.Providers.Push;

/// <summary>
/// The signed claim that Apple takes for an hour, and wants renewed no more than every twenty minutes.
/// https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns
/// </summary>
internal sealed class ApnsToken(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(50);
    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(20);

    private readonly TokenCache _tokens = new(clock);
    private readonly TokenCache _young = new(clock);

    /// <summary>Null where the private key is none.</summary>
    public string? Get(Account account)
    {
        var key = KeyOf(account);
        if (_tokens.Find(key) is { } known) return known;
        if (Claim(account) is not { } token) return null;

        _young.Keep(key, token, ShortestLife);
        return _tokens.Keep(key, token, Lifetime);
    }

    /// <summary>After a refusal, as soon as Apple allows a new one.</summary>
    public void Renew(Account account)
    {
        if (_young.Find(KeyOf(account)) is null) _tokens.Forget(KeyOf(account));
    }

    private static string KeyOf(Account account) =>
        TokenCache.KeyOf(account.Text("secretKey"), account.Text("apiKey"), account.Text("projectName"));

    private string? Claim(Account account)
    {
        var head = Part(new { alg = "ES256", kid = account.Text("apiKey") });
        var body = Part(new { iss = account.Text("projectName"), iat = clock.GetUtcNow().ToUnixTimeSeconds() });
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem((account.Text("secretKey") ?? "").Replace("\\n", "\n", StringComparison.Ordinal));
            var signature = key.SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256);
            return $"{head}.{body}.{Base64Url.EncodeToString(signature)}";
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    private static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
