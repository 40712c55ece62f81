using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Carillon.Server.Storage;

/// <summary>
/// Signs an address, so that whoever has it may do this one thing there for a while.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
/// </summary>
internal sealed class S3Signature(string region, string accessKey, string secretKey)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <param name="more">Further parameters, which the signature then covers.</param>
    public string Presign(string method, Uri place, DateTimeOffset now, TimeSpan validity, params IReadOnlyList<(string Name, string Value)> more)
    {
        var at = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{at[..8]}/{region}/s3/aws4_request";
        (string Name, string Value)[] parameters =
        [
            ("X-Amz-Algorithm", Algorithm),
            ("X-Amz-Credential", $"{accessKey}/{scope}"),
            ("X-Amz-Date", at),
            ("X-Amz-Expires", ((long)validity.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ("X-Amz-SignedHeaders", "host"),
            .. more,
        ];
        var query = string.Join('&', parameters
            .Select(parameter => (Name: Uri.EscapeDataString(parameter.Name), Value: Uri.EscapeDataString(parameter.Value)))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Name}={parameter.Value}"));

        var request = string.Join('\n', method, place.AbsolutePath, query, $"host:{place.Authority}", "", "host", "UNSIGNED-PAYLOAD");
        var toSign = string.Join('\n', Algorithm, at, scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request))));
        return $"{place}?{query}&X-Amz-Signature={Convert.ToHexStringLower(Hash(SigningKey(at[..8]), toSign))}";
    }

    private byte[] SigningKey(string day) => new[] { day, region, "s3", "aws4_request" }
        .Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), Hash);

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
