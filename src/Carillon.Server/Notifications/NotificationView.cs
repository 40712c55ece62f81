using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Carillon.Server.Http.Views;
using Carillon.Server.Workflows.Steps;

namespace Carillon.Server.Notifications;

/// <summary>One event for one person, with every step it takes.</summary>
internal sealed record NotificationView
{
    [JsonPropertyName("_id")]
    public required string ObjectId { get; init; }

    [JsonPropertyName("_templateId")]
    public required string WorkflowId { get; init; }

    [JsonPropertyName("_environmentId")]
    public required string EnvironmentId { get; init; }

    [JsonPropertyName("_organizationId")]
    public required string OrganizationId { get; init; }

    [JsonPropertyName("_subscriberId")]
    public required string SubscriberId { get; init; }
    public string? TransactionId { get; init; }
    public required IReadOnlyList<string> Channels { get; init; }
    public To? To { get; init; }
    public JsonElement? Payload { get; init; }
    public JsonElement? Controls { get; init; }

    /// <summary>The notification that says in its digest what this one has to say.</summary>
    [JsonPropertyName("_digestedNotificationId")]
    public string? DigestedNotificationId { get; init; }
    public required DateTimeOffset ExpireAt { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("__v")]
    public int Revision { get; }
    public required WorkflowPart Template { get; init; }
    public Recipient? Subscriber { get; init; }
    public required IReadOnlyList<JobView> Jobs { get; init; }
    public string Id => ObjectId;

    internal sealed record WorkflowPart([property: JsonPropertyName("_id")] string ObjectId, string Name, IReadOnlyList<TriggerView> Triggers)
    {
        public string Id => ObjectId;
    }
}

internal sealed record To(string SubscriberId);

internal sealed record Recipient(
    [property: JsonPropertyName("_id")] string ObjectId,
    string? FirstName,
    string? LastName,
    string? Phone,
    string SubscriberId,
    string? Email)
{
    public string Id => ObjectId;
}

/// <summary>One step on its way.</summary>
internal sealed record JobView
{
    public required JsonObject Digest { get; init; }

    [JsonPropertyName("_id")]
    public required string ObjectId { get; init; }
    public required string Status { get; init; }
    public JsonElement? Payload { get; init; }
    public JsonElement? Overrides { get; init; }

    /// <summary>The tenant as the caller named it.</summary>
    public JsonElement? Tenant { get; init; }
    public required StepView Step { get; init; }

    [JsonPropertyName("_notificationId")]
    public required string NotificationId { get; init; }
    public required string Type { get; init; }
    public string? ProviderId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required IReadOnlyList<ExecutionDetailView> ExecutionDetails { get; init; }
    public string Id => ObjectId;
}
