using System.Collections.Frozen;
using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Layouts;
using Carillon.Data.Secrets;
using Carillon.Data.Workflows;
using Carillon.Engine.Emails;
using Carillon.Engine.Running;
using Carillon.Engine.Steps.Email;
using Carillon.Engine.Templating;
using Carillon.Providers;
using Carillon.Providers.Email;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Events;

/// <summary>Sends the mail that somebody is writing to themselves, at once and without a workflow. Nothing of it is kept.</summary>
internal sealed class SendTestEmail(
    CarillonDb db, EmailCompiler compiler, Leavable leavable, FrozenDictionary<string, IProvider> providers, Ids ids)
{
    public sealed record Request(StepTemplate Template, JsonElement Payload, IReadOnlyList<string> To) : IRequest<Request>
    {
        private const int MostRecipients = 10;

        public bool ThroughBridge { get; private init; }

        /// <summary>Of the payload: whom the mail is to be from, in place of the account's own address.</summary>
        public string? From => Payload.ValueKind == JsonValueKind.Object && Payload.TryGetProperty("$sender_email", out var from)
            && from.ValueKind == JsonValueKind.String ? from.GetString() : null;

        public static Request Read(Fields fields)
        {
            var contentType = fields["contentType"].String().Text;
            var payload = fields["payload"].Defined().Json;
            var subject = fields["subject"].String().Text;
            var preheader = fields.OptionalString("preheader");
            var content = fields["content"].Defined().Json;
            var to = fields["to"].Defined();
            var recipients = to.TextOrNull is { } one ? [one] : to.Texts;
            to.Must(to.IsNothing || (to.TextOrNull is not null || to.IsListOfTexts) && recipients.Count is > 0 and <= MostRecipients,
                $"to must be a string or an array of 1 to {MostRecipients} strings");
            var layoutId = fields.OptionalMongoId("layoutId")?.ToLowerInvariant();
            return new(
                new StepTemplate { Type = "email", Content = content, ContentType = contentType, Subject = subject, Preheader = preheader, LayoutId = layoutId },
                payload,
                recipients)
            {
                ThroughBridge = fields.OptionalBool("bridge") ?? false,
            };
        }
    }

    public static async Task<Results<Unwrapped<object>, Problem>> Handle(
        Body<Request> body, CurrentEnvironment environment, Database database, SecretBox secrets, SendTestEmail operation, CancellationToken ct)
    {
        if (body.Value.ThroughBridge) return Problem.BadRequest("A test mail cannot be made by a bridge");

        var facts = await EnvironmentFacts.ReadAsync(database, secrets, environment.Id, ct);
        return await operation.RunAsync(body.Value, facts, ct) is { } problem ? problem : new Unwrapped<object>(new());
    }

    private async Task<Problem?> RunAsync(Request wanted, EnvironmentFacts facts, CancellationToken ct)
    {
        if (facts.Select("email") is not { } integration || providers.GetValueOrDefault(integration.ProviderId) is not IEmailProvider provider)
            return Problem.BadRequest("Missing an active email integration");

        var layoutId = wanted.Template.LayoutId;
        var layout = await db.Layouts.AsNoTracking().SingleOrDefaultAsync(layout => layout.Id == layoutId, ct);
        if (layout is null && layoutId is not null) return Problem.NotFound($"Layout not found for id {layoutId}");

        var account = facts.AccountOf(integration);
        return Compile(wanted, layout, facts) switch
        {
            CompiledEmail mail => ProblemWith(await provider.SendAsync(MessageOf(wanted, mail, account), account, ct)),
            CompileError error => Problem.BadRequest(error.Message),
            _ => throw new InvalidOperationException("A mail compiles to words or an error."),
        };
    }

    private CompileResult Compile(Request wanted, Layout? layout, EnvironmentFacts facts)
    {
        var context = new TemplateContext(wanted.Payload)
        {
            Branding = TemplateContext.BrandingOf(facts.Branding.Logo, facts.Branding.Color),
            Links = leavable.Examples,
        };
        return compiler.Compile(wanted.Template, layout, context, facts.Branding);
    }

    private EmailMessage MessageOf(Request wanted, CompiledEmail mail, Account account) => new()
    {
        Id = ids.New(),
        From = wanted.From ?? account.Text("from") ?? "",
        To = wanted.To,
        Subject = mail.Subject,
        SenderName = mail.SenderName,
        Html = mail.Html,
        Text = mail.Text,
    };

    private static Problem? ProblemWith(SendResult result) => result switch
    {
        SendResult.Refused refused => Problem.BadRequest($"Unexpected provider error: {refused.Reason}"),
        SendResult.Unavailable unavailable => Problem.BadRequest($"Unexpected provider error: {unavailable.Reason}"),
        _ => null,
    };
}
