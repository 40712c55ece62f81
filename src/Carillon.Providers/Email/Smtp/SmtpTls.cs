using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Carillon.Providers.Http;

namespace Carillon.Providers.Email.Smtp;

/// <summary>How the server's certificate is checked. The names of the options are those of Node.js, in which accounts are written.</summary>
internal sealed class SmtpTls
{
    public string? ServerName { get; private init; }
    public bool RejectsUnauthorized { get; private init; } = true;
    public X509Certificate2Collection Authorities { get; private init; } = [];

    public static SmtpTls Of(JsonElement? options) => new()
    {
        ServerName = TextOf(options, "servername"),
        RejectsUnauthorized = !IsFalse(options, "rejectUnauthorized"),
        Authorities = AuthoritiesOf(options) ?? [],
    };

    public static string? FaultIn(JsonElement? options) =>
        AuthoritiesOf(options) is null ? "tlsOptions.ca is not a certificate in PEM form" : null;

    /// <summary>Own authorities replace the system's, as they do in Node.js.</summary>
    public X509ChainPolicy ChainPolicy()
    {
        var policy = OutboundTls.ChainPolicy();
        if (Authorities.Count > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(Authorities);
        }

        return policy;
    }

    private static X509Certificate2Collection? AuthoritiesOf(JsonElement? options)
    {
        if (Member(options, "ca") is not { } ca)
            return [];

        var authorities = new X509Certificate2Collection();
        try
        {
            foreach (var pem in ca.ValueKind == JsonValueKind.Array ? [.. ca.EnumerateArray()] : new[] { ca })
                authorities.ImportFromPem(pem.ValueKind == JsonValueKind.String ? pem.GetString() : "");
        }
        catch (CryptographicException)
        {
            return null;
        }

        return authorities.Count == 0 ? null : authorities;
    }

    private static string? TextOf(JsonElement? options, string name) =>
        Member(options, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static bool IsFalse(JsonElement? options, string name) =>
        Member(options, name) is { } value
        && (value.ValueKind == JsonValueKind.False || (value.ValueKind == JsonValueKind.String && value.GetString() == "false"));

    private static JsonElement? Member(JsonElement? options, string name) =>
        options is { } given && given.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
