using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Engine.Emails;
using Carillon.Engine.Running;
using Carillon.Providers.Email;

namespace Carillon.Engine.Steps.Email;

/// <summary>A mail to be addressed: whom it is to and from, with what the caller of this event wants otherwise.</summary>
internal sealed record Letter(CompiledEmail Email, string? ReplyTo)
{
    /// <summary>The payload's address wins over the subscriber's.</summary>
    public static string? RecipientOf(RunWork work) =>
        EventPayload.Text(work, "email") ?? (string.IsNullOrWhiteSpace(work.Subject.Subscriber.Email) ? null : work.Subject.Subscriber.Email.Trim());

    public EmailMessage Address(RunWork work, Overrides overrides, string? accountsFrom, string recipient)
    {
        var (html, text) = (Given(overrides, "html"), Given(overrides, "text"));
        return new()
        {
            Id = work.MessageId(),
            From = Given(overrides, "from") ?? accountsFrom ?? "",
            To = [.. new[] { recipient }.Concat(overrides.Texts("to")).Distinct(StringComparer.OrdinalIgnoreCase)],
            Subject = Given(overrides, "subject") ?? Email.Subject,
            SenderName = Given(overrides, "senderName") ?? Email.SenderName,
            ReplyTo = Given(overrides, "replyTo") ?? ReplyTo,
            Cc = overrides.Texts("cc"),
            Bcc = overrides.Texts("bcc"),
            Html = html ?? text ?? Email.Html,
            Text = text ?? (html is null ? Email.Text : MailPage.Of(html).Text),
            Headers = HeadersOf(overrides.Object("headers")),
            IpPoolName = Given(overrides, "ipPoolName"),
            CustomData = overrides.Object("customData") is { } data ? JsonObject.Create(data) : null,
            Origin = new(work.Subject.Event.TransactionId, work.Subject.Version.Identifier, work.Subject.Subscriber.ExternalId),
        };
    }

    private static string? Given(Overrides overrides, string name) => overrides.Text(name) is { Length: > 0 } text ? text : null;

    private static Dictionary<string, string> HeadersOf(JsonElement? headers) =>
        headers is { } given
            ? given.EnumerateObject()
                .Where(header => header.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                .ToDictionary(header => header.Name, header => header.Value.ToString())
            : [];
}
