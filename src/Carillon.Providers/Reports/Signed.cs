using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Carillon.Providers.Reports;

/// <summary>What the checks of all vendors share.</summary>
internal static class Signed
{
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Compares in constant time; what cannot be read is wrong.</summary>
    public static SignatureVerdict Hex(string? given, byte[] expected) => Equal(given, Convert.FromHexString, expected);

    public static SignatureVerdict Base64(string? given, byte[] expected) => Equal(given, Convert.FromBase64String, expected);

    /// <summary>Bytes in Base64; null for what is none.</summary>
    public static byte[]? FromBase64(string? text) => text is not null && System.Buffers.Text.Base64.IsValid(text) ? Convert.FromBase64String(text) : null;

    /// <summary>A signature that is right counts only near its time, in seconds since 1970.</summary>
    public static SignatureVerdict Fresh(SignatureVerdict verdict, string? timestamp, DateTimeOffset now, TimeSpan? window = null)
    {
        if (verdict != SignatureVerdict.Right) return verdict;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > int.MaxValue * 2L)
            return SignatureVerdict.Wrong;

        return Fresh(DateTimeOffset.FromUnixTimeSeconds(seconds), now, window);
    }

    public static SignatureVerdict Fresh(DateTimeOffset signed, DateTimeOffset now, TimeSpan? window = null) =>
        now - signed <= (window ?? ReportSignature.Window) && signed - now <= ReportSignature.Window ? SignatureVerdict.Right : SignatureVerdict.Old;

    /// <summary>Two that carry the address and the fields of the form sign both, in the order of the fields' names.</summary>
    public static byte[] UrlAndFields(ReportRequest request) => Bytes(
        request.Url + string.Concat(request.IsForm
            ? request.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).ThenBy(field => field.Value, StringComparer.Ordinal)
                .Select(field => field.Key + field.Value)
            : []));

    /// <summary>Over SHA-256, with the vendor's public key; both are DER in Base64.</summary>
    public static SignatureVerdict Ecdsa(string given, string publicKey, byte[] signed)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            return Verdict(key.VerifyData(signed, Convert.FromBase64String(given), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return SignatureVerdict.Wrong;
        }
    }

    public static SignatureVerdict Ed25519(string given, string publicKey, byte[] signed) =>
        FromBase64(given) is { } signature && FromBase64(publicKey) is { } key
        && signature.Length == Curve.SignatureSize && key.Length == Curve.PublicKeySize
            ? Verdict(Curve.Verify(signature, 0, key, 0, signed, 0, signed.Length))
            : SignatureVerdict.Wrong;

    /// <summary>Standard Webhooks, which Svix's headers are a form of. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</summary>
    public static SignatureVerdict StandardWebhook(ReportRequest request, string key, DateTimeOffset now)
    {
        string? Part(string name) => request.Header($"webhook-{name}") ?? request.Header($"svix-{name}");
        if (Part("id") is not { } id || Part("timestamp") is not { } timestamp || Part("signature") is not { } given) return SignatureVerdict.Missing;
        if (FromBase64(key.StartsWith("whsec_", StringComparison.Ordinal) ? key[6..] : key) is not { } secret) return SignatureVerdict.Wrong;

        var expected = HMACSHA256.HashData(secret, (byte[])[.. Bytes($"{id}.{timestamp}."), .. request.Body.Span]);
        var verdicts = given.Split(' ').Where(one => one.StartsWith("v1,", StringComparison.Ordinal)).Select(one => Base64(one[3..], expected));
        return Fresh(verdicts.Contains(SignatureVerdict.Right) ? SignatureVerdict.Right : SignatureVerdict.Wrong, timestamp, now);
    }

    [SuppressMessage("Security", "CA5350", Justification = "Some vendors sign like this; as a keyed hash it still holds.")]
    public static byte[] HmacSha1(string key, byte[] text) => HMACSHA1.HashData(Bytes(key), text);

    private static SignatureVerdict Verdict(bool isRight) => isRight ? SignatureVerdict.Right : SignatureVerdict.Wrong;

    private static SignatureVerdict Equal(string? given, Func<string, byte[]> decode, byte[] expected)
    {
        if (string.IsNullOrEmpty(given)) return SignatureVerdict.Missing;

        try
        {
            return CryptographicOperations.FixedTimeEquals(decode(given), expected) ? SignatureVerdict.Right : SignatureVerdict.Wrong;
        }
        catch (FormatException)
        {
            return SignatureVerdict.Wrong;
        }
    }
}
