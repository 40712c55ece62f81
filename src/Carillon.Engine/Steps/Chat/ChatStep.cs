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

    public string Type => "chat";
    public bool LeavesTheProcess => true;

    public StepOutcome Decide(RunWork work)
    {
        var channels = work.Subject.Channels.Where(channel => providers.GetValueOrDefault(channel.ProviderId) is IChatProvider).ToList();
        var isBegun = work.SettledBefore().Count > 0;
        if (channels.Count == 0 && !isBegun) return new StepOutcome.Failed(Detail.NoChannel);

        var words = new Words(templates, work);
        var content = words.Render(work.Step.Template.Content is { ValueKind: JsonValueKind.String } text ? text.GetString() : "");
        if (words.Error is { } error) return new StepOutcome.Failed(Detail.ContentNotGenerated, JsonColumn.Write(new { error }));

        List<Dispatch> dispatches = [];
        foreach (var target in ChatTargets.Of(work, Usable(work, channels)))
        {
            if (DispatchTo(work, target, content!) is { } dispatch) dispatches.Add(dispatch);
        }

        // What an earlier turn sent counts, also when nothing is left to send to.
        return dispatches.Count == 0 && !isBegun ? new StepOutcome.Failed(Detail.ChatAllFailed) : new StepOutcome.Sending(dispatches, Detail.ChatAllFailed);
    }

    private static List<(SubscriberChannel, Integration)> Usable(RunWork work, IReadOnlyList<SubscriberChannel> channels)
    {
        List<(SubscriberChannel, Integration)> usable = [];
        foreach (var channel in channels)
        {
            if (work.Subject.Environment.ById(channel.IntegrationId) is { } integration) usable.Add((channel, integration));
            else work.NoteOnce(Detail.NoActiveIntegration, JsonColumn.Write(new { reason = $"integration {channel.IntegrationId} is not active" }), channel.ProviderId);
        }

        return usable;
    }

    private Dispatch? DispatchTo(RunWork work, ChatTarget target, string content)
    {
        var (ordinal, channel, integration, isNew) = target;
        if (isNew) work.Note(Detail.IntegrationSelected, SelectedIntegration.Raw(integration), integration.ProviderId, ordinal);

        var credentials = JsonColumn.Read<ChannelCredentials>(secrets.Open(Purpose.ChannelCredentials, channel.Cipher));
        if (WebhookOf(work, credentials) is not { } webhook)
        {
            if (isNew) TellMissing(work, integration, ordinal);
            return null;
        }

        if (isNew) work.Note(Detail.MessageCreated, providerId: integration.ProviderId, message: ordinal);
        var provider = (IChatProvider)providers[integration.ProviderId];
        var custom = Overrides.Merged(work.Subject.Content.Overrides, Type, integration.ProviderId);
        var message = new ChatMessage(work.MessageId(ordinal), webhook, content, credentials.Channel, custom);
        return new(
            ordinal,
            integration,
            ct => provider.SendAsync(message, work.Subject.Environment.AccountOf(integration), ct),
            result => Failure.ToMessage(work, integration.ProviderId, ordinal, result));
    }

    private static void TellMissing(RunWork work, Integration integration, int ordinal)
    {
        const string Reason = "The subscriber's channel has no webhook URL";
        work.Note(Detail.ChatWebhookMissing, JsonColumn.Write(new { reason = Reason }), integration.ProviderId, ordinal);
        work.Add(NoAddress.ToWarning(work, integration.ProviderId, Reason, ordinal));
    }

    // The payload's address wins over the one the subscriber connected.
    private static string? WebhookOf(RunWork work, ChannelCredentials credentials)
    {
        var payload = work.Subject.Content.Payload;
        var given = payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("webhookUrl", out var url) && url.ValueKind == JsonValueKind.String
            ? url.GetString()
            : null;
        var address = string.IsNullOrWhiteSpace(given) ? credentials.WebhookUrl : given;
        return string.IsNullOrWhiteSpace(address) ? null : address.Trim();
    }
}
