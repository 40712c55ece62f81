using Carillon.Data.Mapping;

namespace Carillon.Data.Messages;

/// <summary>What a channel step produced: an inbox item, a mail, a text. Payload and transaction are looked up on its event.</summary>
public sealed class Message : IEnvironmentOwned, ISoftDeleted
{
    public const string Sent = "sent";
    public const string Error = "error";
    public const string Warning = "warning";

    /// <summary>The identifier of what was kept in a sandbox instead of being sent.</summary>
    public const string Sandboxed = "sandbox";

    /// <summary>The channel whose messages are kept in full and shown in inboxes.</summary>
    public const string InApp = "in_app";

    public required short Bucket { get; init; }
    public required string Id { get; init; }
    public required string EnvironmentId { get; init; }
    public required string SubscriberId { get; init; }
    public required string RunId { get; init; }
    public required string EventId { get; init; }
    public required string WorkflowId { get; init; }
    public required string VersionId { get; init; }

    /// <summary>Index of the step, in its version, that produced it.</summary>
    public required short Step { get; init; }

    /// <summary>The variant of the step whose words it says.</summary>
    public string? VariantId { get; init; }

    /// <summary>The wire's channel name.</summary>
    public required string Channel { get; init; }
    public required string ProviderId { get; init; }
    public string? Title { get; init; }
    public string? Subject { get; init; }

    /// <summary>What the inbox shows. Of other channels nothing is kept.</summary>
    public string? Content { get; init; }

    /// <summary>Target and buttons with their state, as JSON of the wire's <c>cta</c>.</summary>
    public string? Cta { get; set; }
    public string? FeedId { get; init; }
    public string? ActorId { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }

    /// <summary>The devices a push was sent to, as a JSON list.</summary>
    public string? DeviceTokens { get; init; }
    public required string Status { get; init; }
    public string? ErrorId { get; init; }
    public string? ErrorText { get; init; }

    /// <summary>The provider's own id for it.</summary>
    public string? Identifier { get; init; }

    /// <summary>What the provider said last of what became of it; see <see cref="Execution.MessageReport.Status"/>.</summary>
    public short? Delivery { get; init; }
    public bool Seen { get; set; }
    public bool Read { get; set; }
    public bool Archived { get; set; }
    public DateTimeOffset? LastSeenAt { get; set; }
    public DateTimeOffset? LastReadAt { get; set; }
    public DateTimeOffset? ArchivedAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
}
