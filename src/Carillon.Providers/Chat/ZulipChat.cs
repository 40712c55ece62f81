using Carillon.Providers.Http;

namespace Carillon.Providers.Chat;

/// <summary>Zulip's webhook that takes what Slack's does. It tells no id. https://zulip.com/integrations/doc/slack_incoming</summary>
public sealed class ZulipChat(OutboundHttp http) : IChatProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["result"] is not "error",
        Code = answer => answer["code"],
        Later = ["RATE_LIMIT_HIT"],
    };

    public ProviderInfo Info { get; } = new("zulip", Channel.Chat, "Zulip", new Uri("https://zulip.com/integrations/doc/slack_incoming"));

    public Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct) =>
        http.PostAsync(Info, account, message, new { text = message.Content }, Reply, ct);
}
