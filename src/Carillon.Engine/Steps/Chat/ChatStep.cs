using System.Collections.Frozen;
using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Integrations;
using Carillon.Data.Mapping;
using Carillon.Data.Secrets;
using Carillon.Data.Subscribers;
using Carillon.Engine.Running;
using Carillon.Engine.Templating;
using Carillon.Providers;
using Carillon.Providers.Chat;

namespace Carillon.Engine.Steps.Chat;

/// <summary>Writes to every chat that the subscriber has connected. One that arrives is enough; the others are accounted for.</summary>
public sealed class ChatStep(Templates templates, SecretBox secrets, FrozenDictionary<string, IProvider> providers) : IStepHandler
{
    private static readonly MessageParts Failure = new() { ErrorId = "unexpected_chat_error" };
    private static readonly MessageParts NoAddress = new() { ErrorId = "no_subscriber_chat_channel_id" };
    private static readonly MessageParts NoPhone = new() { ErrorId = "no_subscriber_chat_phone_number" };

    public string Type => "chat";
    public bool LeavesTheProcess => true;

    public StepOutcome Decide(RunWork work)
    {
        var channels = work.Subject.Channels.Where(channel => providers.GetValueOrDefault(channel.ProviderId) is IChatProvider).ToList();
        var byPhone = ByPhone(work);
        var isBegun = work.Settled().Count > 0;
        if (channels.Count == 0 && byPhone.Count == 0 && !isBegun) return new StepOutcome.Failed(Detail.NoChannel);

        var words = new Words(templates, work);
        var content = words.Render("content", work.Step.Template.Content is { ValueKind: JsonValueKind.String } text ? text.GetString() : "");
        if (words.Error is { } error) return new StepOutcome.Failed(Detail.ContentNotGenerated, JsonColumn.Write(new { error }));

        List<Dispatch> dispatches = [];
        foreach (var target in ChannelTargets.Of(work, [.. ChannelTargets.Usable(work, channels, secrets), .. byPhone]))
        {
            if (DispatchTo(work, target, content!) is { } dispatch) dispatches.Add(dispatch);
        }

        // What an earlier turn sent counts, also when nothing is left to send to.
        return dispatches.Count == 0 && !isBegun ? new StepOutcome.Failed(Detail.ChatAllFailed) : new StepOutcome.Sending(dispatches, Detail.ChatAllFailed);
    }

    /// <summary>Chats that nobody has to connect, because the phone number is the address.</summary>
    private List<(ChannelCredentials, Integration)> ByPhone(RunWork work) =>
    [
        .. from provider in providers.Values.OfType<IChatProvider>()
           where provider.WritesToPhones
           let integration = work.Subject.Environment.OfProvider(provider.Info.Id)
           where integration is not null && work.Subject.Channels.All(channel => channel.IntegrationId != integration.Id)
           select (new ChannelCredentials(), integration),
    ];

    private Dispatch? DispatchTo(RunWork work, ChannelTarget target, string content)
    {
        var (ordinal, credentials, integration, isNew) = target;
        if (isNew) work.Note(Detail.IntegrationSelected, SelectedIntegration.Raw(integration), integration.ProviderId, ordinal);

        var provider = (IChatProvider)providers[integration.ProviderId];
        var address = provider.WritesToPhones ? credentials.PhoneNumber ?? work.Subject.Subscriber.Phone : WebhookOf(work, credentials);
        if (string.IsNullOrWhiteSpace(address))
        {
            if (isNew) TellMissing(work, integration, ordinal, provider.WritesToPhones, content);
            return null;
        }

        if (isNew) work.Note(Detail.MessageCreated, providerId: integration.ProviderId, message: ordinal);
        var custom = Overrides.Merged(work.Subject.Content.Overrides, Type, integration.ProviderId);
        var message = new ChatMessage(work.MessageId(ordinal), address.Trim(), content, credentials.Channel, custom);
        return new(
            ordinal,
            integration,
            ct => provider.SendAsync(message, work.Subject.Environment.AccountOf(integration), ct),
            result => (Failure with { Content = content }).ToMessage(work, integration.ProviderId, ordinal, result))
        {
            HasOwnAddress = !provider.WritesToPhones,
        };
    }

    private static void TellMissing(RunWork work, Integration integration, int ordinal, bool isPhone, string content)
    {
        var reason = isPhone ? "The subscriber has no phone number" : "The subscriber's channel has no webhook URL";
        work.Note(isPhone ? Detail.ChatPhoneMissing : Detail.ChatWebhookMissing, JsonColumn.Write(new { reason }), integration.ProviderId, ordinal);
        work.Add(((isPhone ? NoPhone : NoAddress) with { Content = content }).ToWarning(work, integration.ProviderId, reason, ordinal));
    }

    // The payload's address wins over the one the subscriber connected.
    private static string? WebhookOf(RunWork work, ChannelCredentials credentials) =>
        EventPayload.Text(work, "webhookUrl") is { Length: > 0 } given ? given : credentials.WebhookUrl;
}
