using Carillon.Providers.Http;

namespace Carillon.Providers.Push;

/// <summary>Pushpad, where the targets are the application's own user ids. https://pushpad.xyz/docs/rest_api#notifications_api_docs</summary>
public sealed class PushpadPush(OutboundHttp http) : IPushProvider
{
    private static readonly Reply Reply = new() { Id = answer => answer["id"], Error = answer => answer["error"] ?? answer["message"] };

    public ProviderInfo Info { get; } = new(
        "pushpad", Channel.Push, "Pushpad", new Uri("https://pushpad.xyz/docs/rest_api"),
        new Field("apiKey", "Auth Token", IsSecret: true),
        new Field("applicationId", "Project ID"));

    public Task<SendResult> SendAsync(PushMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"https://pushpad.xyz/api/v1/projects/{VendorRequest.Segment(account.Text("applicationId"))}/notifications")
            .Authorization("Token", $"token=\"{account.Text("apiKey")}\"")
            .Header("Accept", "application/json")
            .Json(new
            {
                notification = JsonBody.Node(new { title = message.Title, body = message.Content }, message.Overrides),
                uids = new[] { message.Target },
            }),
        Reply,
        ct);
}
