using System.Buffers.Text;
using System.Security.Cryptography;
using Carillon.Providers.Http;

namespace Carillon.Providers.Reports;

/// <summary>
/// MessageBird puts hashes of address and body into a token, which a key that both know signs (HS256).
/// https://developers.messagebird.com/api/#verifying-http-requests
/// </summary>
internal static class JwtSignature
{
    public static SignatureVerdict Check(ReportRequest request, string key, DateTimeOffset now)
    {
        if (request.Header("MessageBird-Signature-JWT")?.Split('.') is not [var head, var claims, var given]) return SignatureVerdict.Missing;
        if (!Base64Url.IsValid(given) || !Base64Url.IsValid(claims) || !Base64Url.IsValid(head)) return SignatureVerdict.Wrong;
        if (JsonBody.Text(JsonBody.Find(Parse(head), "alg")) != "HS256") return SignatureVerdict.Wrong;

        var expected = HMACSHA256.HashData(Signed.Bytes(key), Signed.Bytes($"{head}.{claims}"));
        if (!CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(given), expected)) return SignatureVerdict.Wrong;

        var said = Parse(claims);
        return Claim("url_hash") == Hash(Signed.Bytes(request.Url))
            && (request.Body.IsEmpty || Claim("payload_hash") == Hash(request.Body.Span))
            ? Signed.Fresh(SignatureVerdict.Right, Claim("nbf"), now)
            : SignatureVerdict.Wrong;

        string? Claim(string name) => JsonBody.Text(JsonBody.Find(said, name));
    }

    private static System.Text.Json.JsonElement? Parse(string part) => JsonBody.Parse(Base64Url.DecodeFromChars(part));

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
