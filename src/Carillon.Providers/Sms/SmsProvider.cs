using System.Text.Json.Nodes;

namespace Carillon.Providers.Sms;

public interface ISmsProvider : IProvider
{
    Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct);
}

/// <summary>A rendered text message.</summary>
/// <param name="Id">Ours, the same at every attempt.</param>
/// <param name="To">The phone number as the caller or the subscriber gave it.</param>
/// <param name="From">Number or name it is from; null where neither the caller nor the account names one.</param>
/// <param name="Text">What it says.</param>
/// <param name="CustomData">Fields of the provider's own that a few of them understand.</param>
public sealed record SmsMessage(string Id, string To, string? From, string Text, JsonObject? CustomData = null);
