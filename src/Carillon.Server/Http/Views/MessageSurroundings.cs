using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Messages;
using Carillon.Data.Workflows;
using Carillon.Engine.Chores;
using Carillon.Providers.Reports;

namespace Carillon.Server.Http.Views;

/// <summary>What messages do not carry themselves, for a whole page of them.</summary>
internal sealed record MessageSurroundings(
    string OrganizationId,
    RetentionOptions Retention,
    IReadOnlyDictionary<string, MessageSurroundings.EventPart> Events,
    IReadOnlyDictionary<string, WorkflowVersion> Versions,
    IReadOnlyDictionary<string, Person> People)
{
    private const string NoCta = """{"action":{"buttons":[]}}""";

    public MessageView Show(Message message, MessageDetail detail)
    {
        var version = Versions[message.VersionId];
        var step = version.ActiveSteps.ElementAtOrDefault(message.Step);
        var words = message.VariantId is { } id ? step?.Variants?.FirstOrDefault(variant => variant.Id == id) ?? step : step;
        var isInApp = message.Channel == Message.InApp;
        var e = Events.GetValueOrDefault(message.EventId);
        return new()
        {
            ObjectId = message.Id,
            WorkflowId = message.WorkflowId,
            EnvironmentId = message.EnvironmentId,
            StepId = words?.Id,
            RunId = message.RunId,
            OrganizationId = OrganizationId,
            SubscriberId = message.SubscriberId,
            JobId = RunIds.Job(message.RunId, message.Step),
            ActorId = message.ActorId,
            FeedId = isInApp ? JsonSerializer.SerializeToElement(message.FeedId) : null,
            TemplateIdentifier = version.Identifier,
            TransactionId = e?.TransactionId,
            Identifier = message.Identifier == Message.Sandboxed ? null : message.Identifier,
            Sandbox = message.Identifier == Message.Sandboxed ? true : null,
            ProviderId = message.ProviderId,
            Channel = message.Channel,
            Email = message.Email,
            Phone = message.Phone,
            DeviceTokens = message.DeviceTokens is { } tokens ? JsonColumn.Read<IReadOnlyList<string>>(tokens) : [],
            Title = message.Title,
            Subject = message.Subject,
            Content = message.Content ?? (object?)step?.Template.Content,
            Cta = PartIds.InButtons(JsonColumn.Read<JsonElement>(message.Cta ?? NoCta), message.Id, twice: detail >= MessageDetail.One),
            Payload = NotEmpty(isInApp ? WithoutFiles(e?.Content.Payload) : e?.Content.Payload),
            Overrides = isInApp ? null : NotEmpty(Section(e?.Content.Overrides, message.Channel) ?? Section(e?.Content.Overrides, message.ProviderId)),
            Tags = version.Tags,
            Actor = isInApp ? Views.Actor.Of(words?.Template.Actor, Actor(message)) : null,
            Status = message.Status,
            DeliveryStatus = message.Delivery is { } delivery ? ((DeliveryStatus)delivery).WireName : null,
            ErrorId = message.ErrorId,
            ErrorText = message.ErrorText,
            Seen = message.Seen,
            Read = message.Read,
            Archived = message.Archived,
            LastSeenDate = message.LastSeenAt,
            LastReadDate = message.LastReadAt,
            ArchivedAt = message.ArchivedAt,
            Deleted = message.DeletedAt is not null,
            DeletedAt = message.DeletedAt,
            CreatedAt = message.CreatedAt,
            UpdatedAt = message.UpdatedAt,
            ExpireAt = message.CreatedAt.AddDays(isInApp ? Retention.InAppMessages : Retention.Messages),
            Id = detail >= MessageDetail.One ? message.Id : null,
            Subscriber = detail >= MessageDetail.People ? People.GetValueOrDefault(message.SubscriberId) : null,
            ActorSubscriber = detail >= MessageDetail.People ? JsonSerializer.SerializeToElement(Actor(message), Answers.Wire.Json) : null,
            Template = detail >= MessageDetail.Workflow ? new(message.WorkflowId, version.Tags) : null,
        };
    }

    private Person? Actor(Message message) => message.ActorId is { } id ? People.GetValueOrDefault(id) : null;

    // Files are not shown in an inbox.
    private static JsonElement? WithoutFiles(JsonElement? payload) =>
        payload is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("attachments", out _)
            ? JsonSerializer.SerializeToElement(given.EnumerateObject().Where(member => member.Name != "attachments").ToDictionary(member => member.Name, member => member.Value))
            : payload;

    private static JsonElement? NotEmpty(JsonElement? given) =>
        given is { ValueKind: JsonValueKind.Object } members && members.EnumerateObject().Any() ? members : null;

    private static JsonElement? Section(JsonElement? overrides, string channel) =>
        overrides is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(channel, out var section) ? section : null;

    /// <summary>What its event knows of a message.</summary>
    internal sealed record EventPart(string TransactionId, EventContent Content);
}
