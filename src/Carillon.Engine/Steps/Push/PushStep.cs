using System.Collections.Frozen;
using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Messages;
using Carillon.Data.Secrets;
using Carillon.Engine.Running;
using Carillon.Engine.Templating;
using Carillon.Providers;
using Carillon.Providers.Push;

namespace Carillon.Engine.Steps.Push;

/// <summary>
/// Notifies every device of every app that the subscriber is known by: one message for each app, one attempt for each device. A
/// device that is no longer there is forgotten, and fails the step only when there was no other.
/// </summary>
public sealed class PushStep(Templates templates, SecretBox secrets, FrozenDictionary<string, IProvider> providers) : IStepHandler
{
    public string Type => "push";
    public bool LeavesTheProcess => true;

    public StepOutcome Decide(RunWork work)
    {
        var words = new Words(templates, work);
        var title = words.Render("title", work.Step.Template.Title) ?? "";
        var content = words.Render("content", work.Step.Template.Content is { ValueKind: JsonValueKind.String } text ? text.GetString() : "") ?? "";
        if (words.Error is { } error) return new StepOutcome.Failed(Detail.ContentNotGenerated, JsonColumn.Write(new { error }));

        var channels = work.Subject.Channels.Where(channel => providers.GetValueOrDefault(channel.ProviderId) is IPushProvider).ToList();
        if (channels.Count == 0) work.NoteOnce(Detail.NoChannel);

        List<Dispatch> dispatches = [];
        foreach (var target in ChannelTargets.Of(work, ChannelTargets.Usable(work, channels, secrets)))
            dispatches.AddRange(DispatchesTo(work, target, title, content));

        return new StepOutcome.Sending(dispatches, Detail.PushFailed) { NeedsAll = true, Messages = () => MessagesOf(work, title, content) };
    }

    private IEnumerable<Dispatch> DispatchesTo(RunWork work, ChannelTarget target, string title, string content)
    {
        var (ordinal, credentials, integration, isNew) = target;
        var overrides = new Overrides(work.Subject.Content.Overrides, Type, integration.ProviderId);
        IReadOnlyList<string> devices = overrides.Texts("deviceTokens") is { Count: > 0 } given ? given : credentials.DeviceTokens ?? [];
        if (devices.Count == 0)
        {
            var channel = JsonColumn.Write(new { _integrationId = integration.Id, integration.ProviderId });
            if (isNew) work.NoteOnce(Detail.PushTokensMissing, channel, integration.ProviderId);
            return [];
        }

        if (isNew)
        {
            work.Note(Detail.IntegrationSelected, SelectedIntegration.Raw(integration), integration.ProviderId, ordinal);
            work.Note(Detail.MessageCreated, providerId: integration.ProviderId, message: ordinal);
        }

        var provider = (IPushProvider)providers[integration.ProviderId];
        var template = new PushMessage(
            work.MessageId(ordinal), "", title, content,
            EventPayload.Of(work),
            Overrides.Merged(work.Subject.Content.Overrides, Type, integration.ProviderId) ?? [])
        {
            Subject = EventPayload.Surroundings(work),
        };
        return devices.Distinct().Select(device => new Dispatch(
            ordinal,
            integration,
            ct => provider.SendAsync(template with { Target = device }, work.Subject.Environment.AccountOf(integration), ct),
            ToMessage: null)
        {
            Device = device,
        });
    }

    // Made from the trace and not from the channels, which may have been disconnected since.
    private static List<Message> MessagesOf(RunWork work, string title, string content)
    {
        var providerOf = work.LinesOfStep.Where(line => line is { Detail: Detail.MessageCreated, Message: not null })
            .ToDictionary(line => line.Message!.Value, line => line.ProviderId!);

        List<Message> messages = [];
        foreach (var sends in work.Settled().GroupBy(send => send.Key.Ordinal))
        {
            var parts = new MessageParts
            {
                Title = title,
                Content = content,
                DeviceTokens = JsonColumn.Write(sends.Select(send => send.Key.Device)),
                ErrorId = "unexpected_push_error",
            };
            var failure = sends.Select(send => send.Value).FirstOrDefault(end => end is { IsSent: false, IsGone: false })
                ?? (sends.Any(send => send.Value.IsSent) ? null : sends.First().Value);
            messages.Add(failure is null
                ? parts.ToMessage(work, providerOf[sends.Key], sends.Key)
                : parts.ToError(work, providerOf[sends.Key], failure.Reason ?? "", sends.Key));
        }

        return messages;
    }
}
