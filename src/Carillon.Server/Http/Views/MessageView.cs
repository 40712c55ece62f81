using System.Text.Json;
using System.Text.Json.Serialization;

namespace Carillon.Server.Http.Views;

/// <summary>A message. Optional parts are there or not by what a route shows, see <see cref="MessageDetail"/>.</summary>
internal sealed record MessageView
{
    [JsonPropertyName("_id")]
    public required string ObjectId { get; init; }

    [JsonPropertyName("_templateId")]
    public required string WorkflowId { get; init; }

    [JsonPropertyName("_environmentId")]
    public required string EnvironmentId { get; init; }

    [JsonPropertyName("_messageTemplateId")]
    public string? StepId { get; init; }

    [JsonPropertyName("_notificationId")]
    public required string RunId { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }

    [JsonPropertyName("_subscriberId")]
    public required string SubscriberId { get; init; }

    [JsonPropertyName("_jobId")]
    public required string JobId { get; init; }

    [JsonPropertyName("_actorId")]
    public string? ActorId { get; init; }

    /// <summary>Of inbox items it is there even when they are in no feed; other channels have none.</summary>
    [JsonPropertyName("_feedId")]
    public JsonElement? FeedId { get; init; }
    public string? TemplateIdentifier { get; init; }
    public string? TransactionId { get; init; }
    public string? Identifier { get; init; }

    /// <summary>True of what was kept in a sandbox instead of being sent; not there otherwise.</summary>
    public bool? Sandbox { get; init; }
    public required string ProviderId { get; init; }
    public required string Channel { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public required IReadOnlyList<string> DeviceTokens { get; init; }
    public string? Title { get; init; }
    public string? Subject { get; init; }

    /// <summary>Of a mail it is what its template says; the mail itself is kept in a sandbox only.</summary>
    public object? Content { get; init; }
    public required JsonElement Cta { get; init; }
    public JsonElement? Payload { get; init; }
    public JsonElement? Overrides { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public Actor? Actor { get; init; }
    public required string Status { get; init; }

    /// <summary>What the provider said last of what became of it.</summary>
    public string? DeliveryStatus { get; init; }
    public string? ErrorId { get; init; }
    public string? ErrorText { get; init; }
    public required bool Seen { get; init; }
    public required bool Read { get; init; }
    public required bool Archived { get; init; }
    public DateTimeOffset? LastSeenDate { get; init; }
    public DateTimeOffset? LastReadDate { get; init; }
    public DateTimeOffset? ArchivedAt { get; init; }
    public DateTimeOffset ExpireAt { get; init; }
    public bool Deleted { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int DocumentVersion { get; }
    public Person? Subscriber { get; init; }

    /// <summary>A person, or null where nobody acted; left out with <see cref="Subscriber"/>.</summary>
    public JsonElement? ActorSubscriber { get; init; }
    public Workflow? Template { get; init; }
    public string? Id { get; init; }

    internal sealed record Workflow([property: JsonPropertyName("_id")] string ObjectId, IReadOnlyList<string> Tags)
    {
        public string Id => ObjectId;
    }
}
