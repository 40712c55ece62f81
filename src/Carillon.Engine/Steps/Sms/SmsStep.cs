using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data.Execution;
using Carillon.Data.Integrations;
using Carillon.Data.Mapping;
using Carillon.Engine.Running;
using Carillon.Engine.Templating;
using Carillon.Providers;
using Carillon.Providers.Sms;

namespace Carillon.Engine.Steps.Sms;

/// <summary>Sends a text message through the integration the caller names, or the environment's primary one.</summary>
public sealed class SmsStep(Templates templates, FrozenDictionary<string, IProvider> providers) : IStepHandler
{
    private static readonly MessageParts NoPhone = new() { ErrorId = "no_subscriber_phone" };

    public string Type => "sms";
    public bool LeavesTheProcess => true;

    public StepOutcome Decide(RunWork work)
    {
        var words = new Words(templates, work);
        var content = words.Render("content", work.Step.Template.Content is { ValueKind: JsonValueKind.String } text ? text.GetString() : "");
        if (words.Error is { } error) return Unspeakable(error);
        if (string.IsNullOrWhiteSpace(content)) return Unspeakable("the text is empty");

        var identifier = new Overrides(work.Subject.Content.Overrides, Type).Text("integrationIdentifier");
        var asked = string.IsNullOrEmpty(identifier) ? null : identifier;
        if (work.Subject.Select(Type, asked) is not { } integration)
            return new StepOutcome.Failed(Detail.NoActiveIntegration, asked is null ? null : JsonColumn.Write(new { integrationIdentifier = asked }));
        if (providers.GetValueOrDefault(integration.ProviderId) is not ISmsProvider provider)
            return new StepOutcome.Failed(Detail.NoActiveIntegration, JsonColumn.Write(new { reason = $"there is no SMS provider {integration.ProviderId}" }));

        work.NoteOnce(Detail.IntegrationSelected, SelectedIntegration.Raw(integration), integration.ProviderId);
        work.NoteOnce(Detail.MessageCreated, providerId: integration.ProviderId);
        return Send(work, integration, provider, content);
    }

    private static StepOutcome.Failed Unspeakable(string error) => new(Detail.ContentNotGenerated, JsonColumn.Write(new { error }));

    private StepOutcome Send(RunWork work, Integration integration, ISmsProvider provider, string content)
    {
        var phone = EventPayload.Text(work, "phone") ?? Given(work.Subject.Subscriber.Phone);
        if (phone is null)
        {
            var warning = (NoPhone with { Content = content }).ToWarning(work, integration.ProviderId, "Subscriber does not have active phone");
            return new StepOutcome.Failed(Detail.NoRecipientDetails, Message: warning);
        }

        var parts = new MessageParts { Content = content, Phone = phone, ErrorId = "unexpected_sms_error" };
        Dispatch Through(Integration integration, ISmsProvider provider)
        {
            var account = work.Subject.Environment.AccountOf(integration);
            var overrides = new Overrides(work.Subject.Content.Overrides, Type, integration.ProviderId);
            var message = new SmsMessage(
                work.MessageId(),
                Given(overrides.Text("to")) ?? phone,
                Given(overrides.Text("from")) ?? account.Text("from"),
                Given(overrides.Text("content")) ?? content,
                overrides.Object("customData") is { } custom ? JsonObject.Create(custom) : null);
            return new(
                0,
                integration,
                ct => provider.SendAsync(message, account, ct),
                result => parts.ToMessage(work, integration.ProviderId, 0, result));
        }

        return new StepOutcome.Sending([Through(integration, provider) with { Others = () => Elsewhere.Of<ISmsProvider>(work, integration, providers, Through) }]);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
