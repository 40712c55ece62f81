using Carillon.Providers.Http;

namespace Carillon.Providers.Chat;

/// <summary>Discord webhooks. https://discord.com/developers/docs/resources/webhook#execute-webhook</summary>
public sealed class DiscordChat(OutboundHttp http) : IChatProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["id"],
        Date = answer => answer["timestamp"],
        Code = answer => answer["code"],
        Gone = ["10015"],
        Later = ["20028"],
    };

    public ProviderInfo Info { get; } = new(
        "discord", Channel.Chat, "Discord", new Uri("https://discord.com/developers/docs/resources/webhook#execute-webhook"),
        new Field("clientId", "Client ID", IsRequired: false),
        new Field("secretKey", "Client Secret", IsSecret: true, IsRequired: false),
        new Field("redirectUrl", "Redirect URL", IsRequired: false),
        new Field("hmac", "HMAC", FieldKind.Switch, IsRequired: false));

    public Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct) =>
        http.PostAsync(Info, account, VendorRequest.Post(Waiting(message.Address)), message, new { content = message.Content }, Reply, ct);

    // Without it Discord answers before it knows whether the message is good.
    private static string Waiting(string webhook) =>
        webhook + (webhook.Contains('?', StringComparison.Ordinal) ? "&wait=true" : "?wait=true");
}
