using Carillon.Data.Messages;
using Carillon.Engine.Running;
using Carillon.Providers;

namespace Carillon.Engine.Steps;

/// <summary>What one channel says in a message; <see cref="ToMessage"/> adds whose and which it is.</summary>
internal sealed record MessageParts
{
    public string? Title { get; init; }
    public string? Subject { get; init; }
    public string? Content { get; init; }
    public string? Cta { get; init; }
    public string? FeedId { get; init; }
    public string? ActorId { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? DeviceTokens { get; init; }

    /// <summary>The contract's word for what goes wrong on this channel.</summary>
    public string? ErrorId { get; init; }

    public Message ToMessage(RunWork work, string providerId, int ordinal = 0) =>
        Make(work, providerId, ordinal, Message.Sent, errorText: null, identifier: null);

    public Message ToWarning(RunWork work, string providerId, string text, int ordinal = 0) =>
        Make(work, providerId, ordinal, Message.Warning, text, identifier: null);

    public Message ToError(RunWork work, string providerId, string text, int ordinal) =>
        Make(work, providerId, ordinal, Message.Error, text, identifier: null);

    public Message ToMessage(RunWork work, string providerId, int ordinal, SendResult result) => result switch
    {
        SendResult.Sent sent => Make(work, providerId, ordinal, Message.Sent, null, sent.ProviderMessageId),
        SendResult.Refused refused => Make(work, providerId, ordinal, Message.Error, refused.Reason, null),
        SendResult.Unavailable unavailable => Make(work, providerId, ordinal, Message.Error, unavailable.Reason, null),
        _ => throw new InvalidOperationException($"Unknown result {result.GetType().Name}."),
    };

    private Message Make(RunWork work, string providerId, int ordinal, string status, string? errorText, string? identifier)
    {
        var now = work.Now;
        return new()
        {
            Bucket = work.Run.Bucket,
            Id = work.MessageId(ordinal),
            EnvironmentId = work.Run.EnvironmentId,
            SubscriberId = work.Run.SubscriberId,
            RunId = work.Run.Id,
            EventId = work.Run.EventId,
            WorkflowId = work.Run.WorkflowId,
            VersionId = work.Run.VersionId,
            Step = work.Run.Step,
            VariantId = work.VariantId,
            Channel = work.Step.Type,
            ProviderId = providerId,
            Title = Title,
            Subject = Subject,
            Content = Content,
            Cta = Cta,
            FeedId = FeedId,
            ActorId = ActorId,
            Email = Email,
            Phone = Phone,
            DeviceTokens = DeviceTokens,
            Status = status,
            ErrorId = errorText is null ? null : ErrorId,
            ErrorText = errorText,
            Identifier = identifier,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
