using System.Text.Json.Nodes;
using Carillon.Providers.Http;

namespace Carillon.Providers.Push;

/// <summary>Expo's push service. https://docs.expo.dev/push-notifications/sending-notifications/#http2-api</summary>
public sealed class ExpoPush(OutboundHttp http) : IPushProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["data.status"] == "ok",
        Id = answer => answer["data.id"],
        Code = answer => answer["data.details.error"] ?? answer["errors.0.code"],
        Error = answer => answer["data.message"] ?? answer["errors.0.message"],
        Gone = ["DeviceNotRegistered"],
        Later = ["MessageRateExceeded", "TOO_MANY_REQUESTS"],
        Account = ["InvalidCredentials", "MismatchSenderId", "UNAUTHORIZED"],
    };

    public ProviderInfo Info { get; } = new(
        "expo", Channel.Push, "Expo Push", new Uri("https://docs.expo.dev/push-notifications/sending-notifications/"),
        new Field("apiKey", "Access Token", IsSecret: true));

    public Task<SendResult> SendAsync(PushMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://exp.host/--/api/v2/push/send").Bearer(account.Text("apiKey")).Json(
            new { to = message.Target, title = message.Title, body = message.Content, data = message.Payload },
            new JsonObject(message.Overrides.Where(member => member.Key != "deviceTokens").Select(Cloned))),
        Reply,
        ct);

    private static KeyValuePair<string, JsonNode?> Cloned(KeyValuePair<string, JsonNode?> member) => new(member.Key, member.Value?.DeepClone());
}
