using System.Security.Cryptography;
using System.Text;
using Carillon.Providers.Http;

namespace Carillon.Providers.Push;

/// <summary>
/// OneSignal. A player it does not know is told of in an answer of 200. https://documentation.onesignal.com/reference/create-notification
/// </summary>
public sealed class OneSignalPush(OutboundHttp http) : IPushProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["id"] is { Length: > 0 } && answer.At("errors.invalid_player_ids") is null,
        Id = answer => answer["id"],
        Code = answer => IsUnknown(answer) ? "unknown_player" : null,
        Error = answer => answer["errors.0"],
        Gone = ["unknown_player"],
    };

    public ProviderInfo Info { get; } = new(
        "one-signal", Channel.Push, "OneSignal", new Uri("https://documentation.onesignal.com/reference/create-notification"),
        new Field("applicationId", "Application ID"),
        new Field("apiKey", "API Key", IsSecret: true))
    {
        IsIdempotent = true,
    };

    public Task<SendResult> SendAsync(PushMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://onesignal.com/api/v1/notifications").Authorization("Basic", account.Text("apiKey")).Json(BodyOf(message, account)),
        Reply,
        ct);

    private static object BodyOf(PushMessage message, Account account) => new
    {
        app_id = account.Text("applicationId"),
        include_player_ids = new[] { message.Target },
        idempotency_key = KeyOf(message),
        headings = new { en = message.Title },
        contents = new { en = message.Content },
        subtitle = Given(message, "subtitle") is { } en ? new { en } : null,
        data = message.Payload,
        ios_badge_type = "Increase",
        ios_badge_count = 1,
        ios_sound = Given(message, "sound"),
        android_sound = Given(message, "sound"),
        mutable_content = message.Overrides["mutableContent"],
        android_channel_id = Given(message, "channelId"),
        small_icon = Given(message, "icon"),
        large_icon = Given(message, "icon"),
        chrome_icon = Given(message, "icon"),
        firefox_icon = Given(message, "icon"),
        ios_category = Given(message, "categoryId"),
    };

    private static bool IsUnknown(VendorAnswer answer) =>
        answer.At("errors.invalid_player_ids") is not null || answer["errors.0"] == "All included players are not subscribed";

    private static string? Given(PushMessage message, string name) => message.Overrides[name]?.ToString();

    // One for each device, in the form of a random UUID.
    private static Guid KeyOf(PushMessage message)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{message.Id} {message.Target}"))[..16];
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0f) | 0x40), (byte)((bytes[8] & 0x3f) | 0x80));
        return new Guid(bytes, bigEndian: true);
    }
}
