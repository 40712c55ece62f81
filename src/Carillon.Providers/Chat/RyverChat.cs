using Carillon.Providers.Http;

namespace Carillon.Providers.Chat;

/// <summary>Ryver chat messages. It tells no id. https://api.ryver.com/ryvrest_api_examples.html#create-chat-message</summary>
public sealed class RyverChat(OutboundHttp http) : IChatProvider
{
    public ProviderInfo Info { get; } = new(
        "ryver", Channel.Chat, "Ryver", new Uri("https://api.ryver.com/ryvrest_api_examples.html#create-chat-message"));

    public Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct) =>
        http.PostAsync(Info, account, message, new { content = message.Content }, new Reply(), ct);
}
