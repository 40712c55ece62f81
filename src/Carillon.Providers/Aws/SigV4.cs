using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Carillon.Providers.Aws;

/// <summary>Whose requests are signed, where they go, and when.</summary>
internal sealed record AwsScope(string AccessKeyId, string SecretKey, string Region, string Service, DateTimeOffset Now)
{
    public string Date => Now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public string Instant => Now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public string Name => $"{Date}/{Region}/{Service}/aws4_request";
}

/// <summary>
/// Signs requests as AWS wants them, version 4. Paths and queries must be encoded already, and queries be in order.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    public static void Sign(HttpRequestMessage request, byte[] body, AwsScope scope)
    {
        request.Headers.TryAddWithoutValidation("X-Amz-Date", scope.Instant);
        request.Headers.TryAddWithoutValidation("Authorization", Authorization(request, body, scope));
    }

    private static string Authorization(HttpRequestMessage request, byte[] body, AwsScope scope)
    {
        var headers = HeadersOf(request);
        var names = string.Join(';', headers.Keys);
        var canonical = string.Join('\n', [
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            request.RequestUri.Query.TrimStart('?'),
            .. headers.Select(header => $"{header.Key}:{header.Value}"),
            "",
            names,
            Hex(SHA256.HashData(body)),
        ]);
        var toSign = string.Join('\n', Algorithm, scope.Instant, scope.Name, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        return $"{Algorithm} Credential={scope.AccessKeyId}/{scope.Name}, SignedHeaders={names}, Signature={Hex(Hmac(KeyOf(scope), toSign))}";
    }

    private static SortedDictionary<string, string> HeadersOf(HttpRequestMessage request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority };
        foreach (var (name, values) in request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []))
            headers[name.ToLowerInvariant()] = string.Join(',', values).Trim();

        headers.Remove("content-length");
        return headers;
    }

    private static byte[] KeyOf(AwsScope scope) =>
        Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes($"AWS4{scope.SecretKey}"), scope.Date), scope.Region), scope.Service), "aws4_request");

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
