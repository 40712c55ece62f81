using System.Text.Json.Nodes;

namespace Carillon.Providers.Chat;

public interface IChatProvider : IProvider
{
    /// <summary>Whether it reaches people by their phone number; the others post to an address that the subscriber's channel gave us.</summary>
    bool WritesToPhones => false;

    Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct);
}

/// <summary>A rendered chat message for one of the subscriber's channels.</summary>
/// <param name="Id">Ours, the same at every attempt.</param>
/// <param name="Address">The webhook that the subscriber's channel gave us (whoever knows it can post, so it is a secret), or a phone number.</param>
/// <param name="Content">What it says.</param>
/// <param name="Channel">A room within what the address reaches, where there are several.</param>
/// <param name="CustomData">Fields of the provider's own format that go out as they are.</param>
public sealed record ChatMessage(
    string Id, string Address, string Content, string? Channel = null, JsonObject? CustomData = null);
