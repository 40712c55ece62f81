using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Messages;
using Carillon.Engine.Running;
using Carillon.Engine.Steps.InApp;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Inbox;

/// <summary>Shows one's own messages as the newer components know them.</summary>
internal sealed class InboxNotifications(CarillonDb db, Caller caller, WorkflowVersions versions)
{
    public async Task<IReadOnlyList<InboxNotification>> OfAsync(IReadOnlyList<Message> messages, CancellationToken ct)
    {
        if (messages.Count == 0) return [];

        var self = await db.Subscribers.AsNoTracking().SingleAsync(subscriber => subscriber.Id == caller.SubscriberId, ct);
        var recipient = new InboxNotification.Recipient(self.Id, self.FirstName, self.LastName, SafeLink.OrNull(self.Avatar), self.ExternalId);
        var shown = new List<InboxNotification>();
        foreach (var message in messages)
            shown.Add(await ShowAsync(message, recipient, ct));
        return shown;
    }

    /// <summary>After a change by its recipient.</summary>
    public Task<InboxNotification> ChangedAsync(Message message, CancellationToken ct) =>
        ShowAsync(message, InboxNotification.Recipient.Oneself, ct);

    private async Task<InboxNotification> ShowAsync(Message message, InboxNotification.Recipient recipient, CancellationToken ct)
    {
        var version = await versions.GetAsync(message.EnvironmentId, message.VersionId, ct);
        var cta = new NotificationCta(message.Cta);
        return new()
        {
            Id = message.Id,
            Subject = message.Subject,
            Body = message.Content ?? "",
            To = recipient,
            IsRead = message.Read,
            IsArchived = message.Archived,
            CreatedAt = message.CreatedAt,
            ReadAt = When(message.LastReadAt),
            ArchivedAt = When(message.ArchivedAt),
            PrimaryAction = cta.Button("primary"),
            SecondaryAction = cta.Button("secondary"),
            ChannelType = message.Channel,
            Tags = version.Tags,
            Redirect = cta.Redirect,
        };
    }

    private static JsonElement? When(DateTimeOffset? at) => at is { } instant ? JsonSerializer.SerializeToElement(instant, Wire.Json) : null;
}
