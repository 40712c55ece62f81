using System.Text.Json.Serialization;
using Carillon.Data;
using Carillon.Data.Execution;
using Carillon.Providers.Reports;

namespace Carillon.Server.Notifications;

/// <summary>One line of the account. Within a notification it leaves out what the notification says already.</summary>
internal sealed record ExecutionDetailView
{
    [JsonPropertyName("_id")]
    public required string ObjectId { get; init; }

    [JsonPropertyName("_jobId")]
    public required string JobId { get; init; }

    [JsonPropertyName("_environmentId")]
    public string? EnvironmentId { get; init; }

    [JsonPropertyName("_organizationId")]
    public string? OrganizationId { get; init; }

    [JsonPropertyName("_notificationId")]
    public string? NotificationId { get; init; }

    [JsonPropertyName("_notificationTemplateId")]
    public string? WorkflowId { get; init; }

    [JsonPropertyName("_subscriberId")]
    public string? SubscriberId { get; init; }

    [JsonPropertyName("_messageId")]
    public string? MessageId { get; init; }
    public string? ProviderId { get; init; }
    public string? TransactionId { get; init; }
    public string? Channel { get; init; }
    public required string Detail { get; init; }
    public required string Source { get; init; }
    public required string Status { get; init; }
    public string? WebhookStatus { get; init; }
    public bool IsTest { get; }
    public required bool IsRetry { get; init; }
    public string? Raw { get; init; }
    public DateTimeOffset? ExpireAt { get; init; }

    [JsonPropertyName("__v")]
    public int? Revision { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public string? Id { get; init; }

    /// <summary>It speaks of a message that there is.</summary>
    [JsonIgnore]
    public bool IsOfMessage { get; private init; }

    /// <summary>
    /// Every line of a run, in order. That its steps were created is not stored; it goes without saying. What a line only points to
    /// <paramref name="said"/> spells out.
    /// </summary>
    public static IReadOnlyList<(int Step, ExecutionDetailView View)> LinesOf(
        Run run, IReadOnlyList<string> stepTypes, Func<TraceLine, TraceLine> said)
    {
        List<TraceLine> lines =
        [
            .. stepTypes.Select((_, step) => new TraceLine(Carillon.Data.Execution.Detail.StepCreated, step, At: 0)),
            .. Trace.Read(run.Trace).Select(said),
        ];
        return [.. lines.Select((line, ordinal) => (line.Step, InTheWordsOf(stepTypes[line.Step], line, Of(run, line, ordinal, Repeats(lines, line, ordinal)))))];
    }

    /// <summary>Before the steps comes the trigger itself, which is never stored: it was created, queued and started, or there would be no run.</summary>
    public static ExecutionDetailView OfTrigger(Run run, Carillon.Data.Execution.Detail happened) =>
        Of(run, new TraceLine(happened, Step: 0, At: 0), ordinal: 0, isRetry: false) with
        {
            ObjectId = Ids.OfPart(run.Id, (int)happened),
            JobId = Ids.OfPart(run.Id, place: -1),
        };

    /// <summary>What the vendor said later, in the contract's form.</summary>
    public static ExecutionDetailView Of(Run run, MessageReport report)
    {
        var status = (DeliveryStatus)report.Status;
        return new()
        {
            ObjectId = string.Concat(report.MessageId.AsSpan(0, 10), report.Fingerprint.AsSpan(0, 14)),
            JobId = RunIds.Job(run.Id, report.Step),
            MessageId = report.MessageId,
            ProviderId = report.ProviderId,
            Detail = $"{report.Response} - ({status.WireName})",
            Source = "Webhook",
            Status = status switch
            {
                { IsFailure: true } or { IsRefusal: true } => "Failed",
                DeliveryStatus.Queued => "Queued",
                DeliveryStatus.Created or DeliveryStatus.Sending or DeliveryStatus.Deferred or DeliveryStatus.Delayed => "Pending",
                _ => "Success",
            },
            WebhookStatus = status.WireName,
            IsRetry = false,
            Raw = report.Row,
            CreatedAt = report.CreatedAt,
            UpdatedAt = report.CreatedAt,
        };
    }

    private static ExecutionDetailView Of(Run run, TraceLine line, int ordinal, bool isRetry)
    {
        var text = Details.Of(line.Detail);
        var at = run.CreatedAt.AddMilliseconds(line.At);
        return new()
        {
            ObjectId = RunIds.TraceLine(run.Id, ordinal),
            JobId = RunIds.Job(run.Id, line.Step),
            ProviderId = line.ProviderId,
            Detail = text.Text,
            IsOfMessage = line.Detail is Carillon.Data.Execution.Detail.MessageCreated or Carillon.Data.Execution.Detail.MessageSent,
            Source = text.Source,
            Status = text.Status,
            IsRetry = isRetry || text.IsRetry,
            Raw = line.Raw,
            CreatedAt = at,
            UpdatedAt = at,
        };
    }

    // A push goes through several providers, so its lines name theirs.
    private static ExecutionDetailView InTheWordsOf(string stepType, TraceLine line, ExecutionDetailView view) =>
        stepType == "push" && line.Detail is (Carillon.Data.Execution.Detail.MessageCreated or Carillon.Data.Execution.Detail.MessageSent)
            ? view with { Detail = $"{view.Detail}: {line.ProviderId}" }
            : view;

    private static bool Repeats(List<TraceLine> lines, TraceLine line, int ordinal) => lines.Take(ordinal).Any(before =>
        before.Step == line.Step
        && before.Detail is Carillon.Data.Execution.Detail.ProviderUnavailable
            or Carillon.Data.Execution.Detail.OutcomeUnknown or Carillon.Data.Execution.Detail.StepResent);
}
