using System.Net;
using System.Text.Json.Nodes;
using Carillon.Providers.Http;

namespace Carillon.Providers.Push;

/// <summary>
/// Apple's push service, which speaks HTTP/2 only.
/// https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
/// Its answers: https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
/// </summary>
public sealed class ApnsPush(OutboundHttp http, TimeProvider clock) : IPushProvider
{
    // What callers name as libraries for JavaScript do, and what Apple calls it.
    private static readonly Dictionary<string, string> OfAps = new()
    {
        ["badge"] = "badge",
        ["sound"] = "sound",
        ["category"] = "category",
        ["threadId"] = "thread-id",
        ["contentAvailable"] = "content-available",
        ["mutableContent"] = "mutable-content",
        ["targetContentIdentifier"] = "target-content-id",
        ["interruptionLevel"] = "interruption-level",
        ["relevanceScore"] = "relevance-score",
    };

    private static readonly Dictionary<string, string> OfHeaders = new()
    {
        ["topic"] = "apns-topic",
        ["priority"] = "apns-priority",
        ["expiry"] = "apns-expiration",
        ["collapseId"] = "apns-collapse-id",
        ["pushType"] = "apns-push-type",
    };

    private static readonly Reply Reply = new()
    {
        Id = answer => answer.Header("apns-id"),
        Code = answer => answer["reason"],
        Gone = ["BadDeviceToken", "Unregistered", "ExpiredToken", "DeviceTokenNotForTopic"],
        Later = ["TooManyRequests", "TooManyProviderTokenUpdates", "ExpiredProviderToken", "ServiceUnavailable", "Shutdown"],
        Account = ["BadCertificate", "BadCertificateEnvironment", "Forbidden", "InvalidProviderToken", "MissingProviderToken", "TopicDisallowed", "BadTopic"],
    };

    private readonly ApnsToken _tokens = new(clock);

    public ProviderInfo Info { get; } = new(
        "apns", Channel.Push, "APNs", new Uri("https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns"),
        new Field("secretKey", "Private Key", IsSecret: true),
        new Field("apiKey", "Key ID", IsSecret: true),
        new Field("projectName", "Team ID"),
        new Field("applicationId", "Bundle ID"),
        new Field("secure", "Production", FieldKind.Switch, IsRequired: false));

    public async Task<SendResult> SendAsync(PushMessage message, Account account, CancellationToken ct)
    {
        if (VendorCall.Lacking(Info, account) is { } lacking) return lacking;
        if (_tokens.Get(account) is not { } token)
            return new SendResult.Refused("The private key is not the .p8 file of an elliptic-curve key", RefusedFor.Account);

        var host = account.Flag("secure") ? "https://api.push.apple.com" : "https://api.sandbox.push.apple.com";
        var request = VendorRequest.Post($"{host}/3/device/{VendorRequest.Segment(message.Target)}")
            .Authorization("bearer", token)
            .Header("apns-topic", message.Overrides["topic"] is null ? account.Text("applicationId") : null)
            .Header("apns-push-type", message.Overrides["pushType"] is null ? "alert" : null)
            .Json(BodyOf(message));
        foreach (var (name, header) in OfHeaders)
            request.Header(header, message.Overrides[name]?.ToString());

        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        var result = await http.SendAsync(Info, account, request, Reply, ct);
        if (result is SendResult.Unavailable or SendResult.Refused { For: RefusedFor.Account }) _tokens.Renew(account);
        return result;
    }

    private static JsonNode BodyOf(PushMessage message)
    {
        var given = message.Overrides;
        var aps = new JsonObject
        {
            ["alert"] = given["alert"]?.DeepClone() ?? JsonBody.Node(new
            {
                title = given["title"]?.ToString() ?? message.Title,
                subtitle = given["subtitle"],
                body = given["body"]?.ToString() ?? message.Content,
            }),
        };
        foreach (var (name, key) in OfAps.Where(entry => given[entry.Key] is not null))
            aps[key] = name is "contentAvailable" or "mutableContent" ? IsOn(given[name]!) : given[name]!.DeepClone();

        var payload = given["payload"] as JsonObject ?? message.Payload;
        return JsonBody.Node(payload, new() { ["aps"] = aps });
    }

    private static int IsOn(JsonNode value) => value.ToString() is "true" or "1" ? 1 : 0;
}
