using Carillon.Providers.Http;

namespace Carillon.Providers.Chat;

/// <summary>Rocket.Chat, as a user of it; the address is the server's. https://developer.rocket.chat/apidocs/send-message</summary>
public sealed class RocketChat(OutboundHttp http) : IChatProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["success"] is not "false",
        Id = answer => answer["message._id"],
        Date = answer => answer["message.ts"],
        Code = answer => answer["errorType"],
        Later = ["error-too-many-requests"],
    };

    public ProviderInfo Info { get; } = new(
        "rocket-chat", Channel.Chat, "Rocket.Chat", new Uri("https://developer.rocket.chat/apidocs/send-message"),
        new Field("token", "Personal Access Token (x-auth-token)", IsSecret: true),
        new Field("user", "User id (x-user-id)"));

    public Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct) => http.PostAsync(
        Info,
        account,
        VendorRequest.Post($"{message.Address.TrimEnd('/')}/api/v1/chat.sendMessage")
            .Header("x-auth-token", account.Text("token"))
            .Header("x-user-id", account.Text("user")),
        message with { CustomData = null },
        new { message = JsonBody.Node(new { rid = message.Channel, msg = message.Content }, message.CustomData) },
        Reply,
        ct);
}
