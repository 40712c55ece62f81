using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Providers.Http;

namespace Carillon.Providers.Push;

/// <summary>
/// Firebase Cloud Messaging. https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages/send
/// Its errors: https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode
/// </summary>
public sealed class FcmPush(OutboundHttp http, TimeProvider clock) : IPushProvider
{
    // Parts of a message of their own; what else is overridden belongs to the notification.
    private static readonly Dictionary<string, string> Parts = new()
    {
        ["android"] = "android",
        ["apns"] = "apns",
        ["fcmOptions"] = "fcm_options",
        ["webPush"] = "webpush",
        ["data"] = "data",
    };

    private static readonly Reply Reply = new()
    {
        Id = answer => answer["name"],
        Code = ErrorCode,
        Error = answer => answer["error.message"],
        Gone = ["UNREGISTERED"],
        Later = ["QUOTA_EXCEEDED", "UNAVAILABLE"],
        Account = ["SENDER_ID_MISMATCH", "THIRD_PARTY_AUTH_ERROR", "PERMISSION_DENIED", "UNAUTHENTICATED"],
    };

    private readonly FcmToken _tokens = new(http, clock);

    public ProviderInfo Info { get; } = new(
        "fcm", Channel.Push, "Firebase Cloud Messaging", new Uri("https://firebase.google.com/docs/cloud-messaging/send/v1-api"),
        new Field("serviceAccount", "Service Account (entire JSON file)", IsSecret: true));

    public async Task<SendResult> SendAsync(PushMessage message, Account account, CancellationToken ct)
    {
        if (VendorCall.Lacking(Info, account) is { } lacking) return lacking;
        if (account.Json("serviceAccount") is not { } json || ServiceAccount.Of(json) is not { } service)
            return new SendResult.Refused("The service account is not the JSON file of one", RefusedFor.Account);

        var (token, failure) = await _tokens.GetAsync(Info, account, service, ct);
        if (failure is not null) return failure;

        var request = VendorRequest.Post($"https://fcm.googleapis.com/v1/projects/{VendorRequest.Segment(service.ProjectId)}/messages:send")
            .Bearer(token)
            .Json(new { message = BodyOf(message) });
        var result = await http.SendAsync(Info, account, request, Reply, ct);
        if (result is SendResult.Refused { For: RefusedFor.Account }) _tokens.Forget(service);
        return result;
    }

    private static JsonObject BodyOf(PushMessage message)
    {
        var isData = message.Overrides["type"]?.ToString() == "data";
        var notification = new JsonObject { ["title"] = message.Title, ["body"] = message.Content };
        var body = new JsonObject { ["token"] = message.Target };
        foreach (var (name, value) in message.Overrides.Where(member => member.Key is not ("type" or "deviceTokens")))
        {
            if (Parts.TryGetValue(name, out var part)) body[part] = value?.DeepClone();
            else notification[name] = value?.DeepClone();
        }

        body[isData ? "data" : "notification"] = isData ? DataOf(message) : notification;
        return body;
    }

    // Data are texts; what is none is written as JSON.
    private static JsonObject DataOf(PushMessage message)
    {
        var data = new JsonObject();
        foreach (var (name, value) in message.Payload)
            data[name] = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value?.ToJsonString() ?? "null";

        (data["title"], data["body"], data["message"]) = (message.Title, message.Content, message.Content);
        return data;
    }

    private static string? ErrorCode(VendorAnswer answer) =>
        Enumerable.Range(0, 4).Select(index => answer[$"error.details.{index}.errorCode"]).FirstOrDefault(code => code is not null)
        ?? answer["error.status"];
}
