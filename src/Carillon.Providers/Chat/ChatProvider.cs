using System.Text.Json.Nodes;

namespace Carillon.Providers.Chat;

public interface IChatProvider : IProvider
{
    Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct);
}

/// <summary>A rendered chat message for one of the subscriber's channels.</summary>
/// <param name="WebhookUrl">The address the subscriber's channel gave us. Whoever knows it can post, so it is a secret.</param>
/// <param name="CustomData">Fields of the provider's own format that go out as they are.</param>
public sealed record ChatMessage(
    string Id, string WebhookUrl, string Content, string? Channel = null, JsonObject? CustomData = null);
