using Carillon.Providers.Http;

namespace Carillon.Providers.Chat;

/// <summary>Stream's incoming webhooks; the key goes in a header. https://getstream.io/chat/docs/node/</summary>
public sealed class GetStreamChat(OutboundHttp http) : IChatProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer.Header("X-WEBHOOK-ID"),
        Code = answer => answer["code"],
    };

    public ProviderInfo Info { get; } = new(
        "getstream", Channel.Chat, "GetStream", new Uri("https://getstream.io/chat/docs/node/"),
        new Field("apiKey", "API Key", IsSecret: true));

    public Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct) => http.PostAsync(
        Info,
        account,
        VendorRequest.Post(message.Address).Header("X-API-KEY", account.Text("apiKey")),
        message,
        new { text = message.Content },
        Reply,
        ct);
}
