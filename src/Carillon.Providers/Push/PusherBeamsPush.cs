using System.Text.Json.Nodes;
using Carillon.Providers.Http;

namespace Carillon.Providers.Push;

/// <summary>
/// Pusher Beams, to users of the application on whatever devices they have.
/// https://pusher.com/docs/beams/reference/publish-api/#publishing-to-authenticated-users
/// </summary>
public sealed class PusherBeamsPush(OutboundHttp http) : IPushProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["publishId"],
        Error = answer => answer["description"] ?? answer["error"],
    };

    public ProviderInfo Info { get; } = new(
        "pusher-beams", Channel.Push, "Pusher Beams", new Uri("https://pusher.com/docs/beams/reference/publish-api/"),
        new Field("instanceId", "Instance ID"),
        new Field("secretKey", "Secret Key", IsSecret: true));

    public Task<SendResult> SendAsync(PushMessage message, Account account, CancellationToken ct)
    {
        var instance = account.Text("instanceId") ?? "";
        var isName = instance.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        var host = isName ? $"https://{instance}.pushnotifications.pusher.com" : "";
        return http.SendAsync(
            Info,
            account,
            VendorRequest.Post($"{host}/publish_api/v1/instances/{VendorRequest.Segment(instance)}/publishes/users")
                .Bearer(account.Text("secretKey"))
                .Json(BodyOf(message, message.Overrides)),
            Reply,
            ct);
    }

    private static object BodyOf(PushMessage message, JsonObject given) => new
    {
        users = new[] { message.Target },
        apns = new
        {
            aps = new
            {
                alert = new { title = message.Title, body = message.Content },
                badge = given["badge"],
                sound = given["sound"],
                category = given["categoryId"],
            },
        },
        fcm = new
        {
            notification = new
            {
                title = message.Title,
                body = message.Content,
                android_channel_id = given["channelId"],
                click_action = given["clickAction"],
                color = given["color"],
                icon = given["icon"],
                sound = given["sound"],
                tag = given["tag"],
            },
            data = message.Payload,
            time_to_live = given["ttl"],
        },
        web = new
        {
            notification = new { title = message.Title, body = message.Content, icon = given["icon"] },
            data = message.Payload,
            time_to_live = given["ttl"],
        },
    };
}
