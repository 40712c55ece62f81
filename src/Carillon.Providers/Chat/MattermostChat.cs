using Carillon.Providers.Http;

namespace Carillon.Providers.Chat;

/// <summary>Mattermost incoming webhooks. https://developers.mattermost.com/integrate/webhooks/incoming/</summary>
public sealed class MattermostChat(OutboundHttp http) : IChatProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer.Header("x-request-id"),
        Code = answer => answer["id"],
    };

    public ProviderInfo Info { get; } = new(
        "mattermost", Channel.Chat, "Mattermost", new Uri("https://developers.mattermost.com/integrate/webhooks/incoming/"));

    public Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct) =>
        http.PostAsync(Info, account, message, new { text = message.Content, channel = message.Channel }, Reply, ct);
}
