using System.Collections.Frozen;
using Carillon.Data.Execution;
using Carillon.Data.Integrations;
using Carillon.Data.Mapping;
using Carillon.Engine.Emails;
using Carillon.Engine.Running;
using Carillon.Engine.Templating;
using Carillon.Providers;
using Carillon.Providers.Email;

namespace Carillon.Engine.Steps.Email;

/// <summary>Sends a mail through the integration the caller names, or the environment's primary one.</summary>
public sealed class EmailStep(
    EmailCompiler compiler, Leavable leavable, ReplyAddresses replies, AttachmentFiles files, FrozenDictionary<string, IProvider> providers)
    : IStepHandler
{
    private const string ErrorId = "mail_unexpected_error";

    public string Type => "email";
    public bool LeavesTheProcess => true;

    public StepOutcome Decide(RunWork work)
    {
        var identifier = new Overrides(work.Subject.Content.Overrides, Type).Text("integrationIdentifier");
        var asked = string.IsNullOrEmpty(identifier) ? null : identifier;
        if (work.Subject.Select(Type, asked) is not { } integration)
            return new StepOutcome.Failed(Detail.NoActiveIntegration, asked is null ? null : JsonColumn.Write(new { integrationIdentifier = asked }));
        if (providers.GetValueOrDefault(integration.ProviderId) is not IEmailProvider provider)
            return new StepOutcome.Failed(Detail.NoActiveIntegration, JsonColumn.Write(new { reason = $"there is no e-mail provider {integration.ProviderId}" }));

        if (MailLayout.MissingIn(work.Subject) is { } layout)
            return new StepOutcome.Failed(Detail.LayoutNotFound, JsonColumn.Write(new { layoutIdentifier = layout }));

        work.NoteOnce(Detail.IntegrationSelected, SelectedIntegration.Raw(integration), integration.ProviderId);
        var replyTo = ReplyAddress.Of(work, replies);
        var links = leavable.LinksOf(work);
        var context = work.ContextWith(replyTo) with { Links = links };
        return compiler.Compile(work.Step.Template, MailLayout.Of(work), context, work.Subject.Environment.Branding) switch
        {
            CompileError error => new StepOutcome.Failed(Detail.ContentNotGenerated, JsonColumn.Write(new { error = error.Message })),
            CompiledEmail email => Send(work, integration, provider, new(email, replyTo), links),
            _ => throw new InvalidOperationException("A mail compiles to words or an error."),
        };
    }

    private StepOutcome Send(RunWork work, Integration integration, IEmailProvider provider, Letter letter, PersonalLinks links)
    {
        work.NoteOnce(Detail.MessageCreated, providerId: integration.ProviderId);
        var recipient = Letter.RecipientOf(work);
        var parts = new MessageParts { Subject = letter.Email.Subject, Email = recipient, ErrorId = ErrorId };
        if (recipient is null)
        {
            var warning = parts.ToWarning(work, integration.ProviderId, "Subscriber does not have an email address");
            return new StepOutcome.Failed(Detail.NoRecipientDetails, Message: warning);
        }

        var attached = AttachedFile.ForMail(work.Subject.Content.Payload);
        Dispatch Through(Integration integration, IEmailProvider provider)
        {
            var account = work.Subject.Environment.AccountOf(integration);
            var overrides = new Overrides(work.Subject.Content.Overrides, Type, integration.ProviderId);
            var mail = Leavable.WithHeaders(letter.Address(work, overrides, account.Text("from"), recipient), links);
            var message = provider.Info.Id == "email-webhook" ? mail with { PayloadDetails = WebhookDetails.Of(work) } : mail;

            return new(
                0,
                integration,
                ct => files.SendAsync(work.Subject.Event, attached, sent => provider.SendAsync(message with { Attachments = sent }, account, ct), ct),
                result => (parts with { Content = work.Subject.Environment.Settings.Sandbox ? mail.Html : null }).ToMessage(work, integration.ProviderId, 0, result));
        }

        return new StepOutcome.Sending([Through(integration, provider) with { Others = () => Elsewhere.Of<IEmailProvider>(work, integration, providers, Through) }]);
    }
}
