using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Data.Execution;
using Carillon.Data.Subscribers;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Views;

namespace Carillon.Server.InboundParse.Replies;

/// <summary>The body of a reply callback.</summary>
internal sealed record ReplyBody
{
    public required string Hmac { get; init; }
    public string? TransactionId { get; init; }
    public required IReadOnlyDictionary<string, JsonElement> Payload { get; init; }
    public required string TemplateIdentifier { get; init; }
    public required TemplatePart Template { get; init; }
    public NotificationPart? Notification { get; init; }
    public required MessageView Message { get; init; }
    public required MailView Mail { get; init; }

    internal sealed record TemplatePart([property: JsonPropertyName("_id")] string ObjectId, string Name, IReadOnlyList<StepPart> Steps)
    {
        public static TemplatePart Of(WorkflowVersion version) => new(version.WorkflowId, version.Name, [.. version.Steps.Select(StepPart.Of)]);
    }

    internal sealed record StepPart
    {
        [JsonPropertyName("_id")]
        public required string ObjectId { get; init; }

        [JsonPropertyName("_templateId")]
        public required string TemplateId { get; init; }
        public string? Uuid { get; init; }
        public string? Name { get; init; }
        public required bool Active { get; init; }
        public required bool ShouldStopOnFail { get; init; }
        public JsonElement? ReplyCallback { get; init; }
        public required TypePart Template { get; init; }

        public static StepPart Of(WorkflowStep step) => new()
        {
            ObjectId = step.Id,
            TemplateId = step.Id,
            Uuid = step.Uuid,
            Name = step.Name,
            Active = step.Active,
            ShouldStopOnFail = step.ShouldStopOnFail,
            ReplyCallback = step.ReplyCallback,
            Template = new(step.Type, step.Template.Subject),
        };
    }

    internal sealed record TypePart(string Type, string? Subject);

    internal sealed record NotificationPart
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
        public required ToPart To { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }

        public static NotificationPart Of(Run run, Subscriber subscriber, WorkflowVersion version, string? transactionId) => new()
        {
            ObjectId = run.Id,
            WorkflowId = run.WorkflowId,
            EnvironmentId = run.EnvironmentId,
            OrganizationId = subscriber.OrganizationId,
            SubscriberId = run.SubscriberId,
            TransactionId = transactionId,
            Channels = [.. version.ActiveSteps.Select(step => step.Type).Where(ChannelSwitches.Names.Contains).Distinct()],
            To = new(subscriber.ExternalId),
            CreatedAt = run.CreatedAt,
            UpdatedAt = run.UpdatedAt,
        };
    }

    internal sealed record ToPart(string SubscriberId);
}
