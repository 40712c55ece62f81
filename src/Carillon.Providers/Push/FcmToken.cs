using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Carillon.Providers.Http;

namespace Carillon.Providers.Push;

/// <summary>Who sends, as Google's console writes it into a file.</summary>
internal sealed record ServiceAccount(string ProjectId, string Email, string PrivateKey)
{
    public string Key => TokenCache.KeyOf(ProjectId, Email, PrivateKey);

    public static ServiceAccount? Of(JsonElement json) =>
        Text(json, "project_id") is { } project && Text(json, "client_email") is { } email && Text(json, "private_key") is { } key
            ? new(project, email, key.Replace("\\n", "\n", StringComparison.Ordinal))
            : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>
/// A signed claim buys an access token for an hour.
/// https://developers.google.com/identity/protocols/oauth2/service-account#httprest
/// </summary>
internal sealed class FcmToken(OutboundHttp http, TimeProvider clock)
{
    private const string Address = "https://oauth2.googleapis.com/token";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(55);

    private static readonly Reply Reply = new()
    {
        Id = answer => answer["access_token"],
        Code = answer => answer["error"],
        Error = answer => answer["error_description"],
    };

    private readonly TokenCache _tokens = new(clock);

    public async Task<(string? Token, SendResult? Failure)> GetAsync(
        ProviderInfo provider, Account account, ServiceAccount service, CancellationToken ct)
    {
        if (_tokens.Find(service.Key) is { } known) return (known, null);
        if (Claim(service) is not { } claim)
            return (null, new SendResult.Refused("The service account's private key is not an RSA key in PEM form", RefusedFor.Account));

        var request = VendorRequest.Post(Address).Form(("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", claim));
        var (token, failure) = await http.FetchTokenAsync(provider, account, request, Reply, ct);
        return (token is null ? null : _tokens.Keep(service.Key, token, Lifetime), failure);
    }

    public void Forget(ServiceAccount service) => _tokens.Forget(service.Key);

    private string? Claim(ServiceAccount service)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var head = Part(new { alg = "RS256", typ = "JWT" });
        var body = Part(new
        {
            iss = service.Email,
            scope = "https://www.googleapis.com/auth/firebase.messaging",
            aud = Address,
            iat = now,
            exp = now + 3600,
        });
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(service.PrivateKey);
            var signature = rsa.SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{head}.{body}.{Base64Url.EncodeToString(signature)}";
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    private static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
