using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;

namespace Carillon.Providers.Aws;

/// <summary>
/// Notifications of Amazon SNS are signed with a certificate whose address comes along; it is fetched from Amazon and nowhere else.
/// Anybody can have a topic that posts to us, so a right signature says that it was Amazon, and not for whom.
/// https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
/// </summary>
internal sealed partial class SnsSignature(OutboundHttp http) : ReportSignature
{
    private const int MostKept = 32;

    private static readonly string[] OfNotification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    private static readonly string[] OfConfirmation = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    private readonly ConcurrentDictionary<string, byte[]> _keys = [];

    public override bool NamesAccount => false;

    /// <summary>The events, which travel as text inside.</summary>
    public static IEnumerable<JsonElement> Rows(ReportRequest request) =>
        Part(request, "Message") is { } text && JsonBody.Parse(Signed.Bytes(text)) is { ValueKind: JsonValueKind.Object } row ? [row] : [];

    /// <summary>What has to be asked for before Amazon posts anything: the address that a new subscription is confirmed by.</summary>
    public static Uri? Confirmation(ReportRequest request) =>
        Part(request, "Type") == "SubscriptionConfirmation" ? AtAmazon(Part(request, "SubscribeURL")) : null;

    public override async ValueTask<SignatureVerdict> CheckAsync(ReportRequest request, Account account, DateTimeOffset now, CancellationToken ct)
    {
        if (Signed.FromBase64(Part(request, "Signature")) is not { } given) return SignatureVerdict.Missing;
        if (AtAmazon(Part(request, "SigningCertURL")) is not { } url || !DateTimeOffset.TryParse(Part(request, "Timestamp"), out var signed))
            return SignatureVerdict.Wrong;
        if (await KeyAsync(url, ct) is not { } publicKey) return SignatureVerdict.Missing;

        using var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);

        // What could not be handed over is posted again for a while, as it was signed at first.
        return key.VerifyData(Text(request), given, HashOf(request), RSASignaturePadding.Pkcs1)
            ? Signed.Fresh(signed, now, TimeSpan.FromDays(1))
            : SignatureVerdict.Wrong;
    }

    private static byte[] Text(ReportRequest request)
    {
        var names = Part(request, "Type") == "Notification" ? OfNotification : OfConfirmation;
        return Signed.Bytes(string.Concat(names.Where(name => Part(request, name) is not null).Select(name => $"{name}\n{Part(request, name)}\n")));
    }

    private async Task<byte[]?> KeyAsync(Uri url, CancellationToken ct)
    {
        if (_keys.TryGetValue(url.AbsoluteUri, out var known)) return known;

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (await http.SendAsync(request, OutboundLimits.Default, ct) is not OutboundResult.Answer { IsSuccess: true } answer) return null;
        if (PublicKeyIn(answer.Text) is not { } key) return null;

        if (_keys.Count >= MostKept) _keys.Clear();
        return _keys[url.AbsoluteUri] = key;
    }

    private static byte[]? PublicKeyIn(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            using var key = certificate.GetRSAPublicKey();
            return key?.ExportSubjectPublicKeyInfo();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "Version 1 of Amazon's signature is SHA-1.")]
    private static HashAlgorithmName HashOf(ReportRequest request) =>
        Part(request, "SignatureVersion") == "2" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;

    private static Uri? AtAmazon(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && url.UserInfo.Length == 0
        && AmazonHost().IsMatch(url.IdnHost)
            ? url
            : null;

    private static string? Part(ReportRequest request, string name) => JsonBody.Text(JsonBody.Find(request.Json, name));

    [GeneratedRegex(@"^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?$", RegexOptions.IgnoreCase)]
    private static partial Regex AmazonHost();
}
