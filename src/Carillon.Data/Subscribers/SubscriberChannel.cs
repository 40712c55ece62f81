using Carillon.Data.Mapping;

namespace Carillon.Data.Subscribers;

/// <summary>How one integration reaches one subscriber: a webhook, device tokens, a phone number.</summary>
public sealed class SubscriberChannel : IEnvironmentOwned
{
    public required string SubscriberId { get; init; }
    public required string IntegrationId { get; init; }
    public required string EnvironmentId { get; init; }
    public required string ProviderId { get; init; }

    /// <summary><see cref="ChannelCredentials"/> as JSON, sealed: a webhook URL is itself a secret.</summary>
    public required string Cipher { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record ChannelCredentials(
    string? WebhookUrl = null,
    string? Channel = null,
    IReadOnlyList<string>? DeviceTokens = null,
    string? PhoneNumber = null);
