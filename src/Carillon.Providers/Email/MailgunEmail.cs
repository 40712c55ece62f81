using Carillon.Providers.Http;

namespace Carillon.Providers.Email;

/// <summary>Mailgun. https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages/post-v3--domain-name--messages</summary>
public sealed class MailgunEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["id"],
        Error = answer => answer["message"],
    };

    public ProviderInfo Info { get; } = new(
        "mailgun", Channel.Email, "Mailgun", new Uri("https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages/post-v3--domain-name--messages"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("baseUrl", "Base URL", IsRequired: false),
        new Field("user", "User name"),
        new Field("domain", "Domain"),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"));

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"{VendorRequest.Base(account.Text("baseUrl"), "https://api.mailgun.net")}/v3/{VendorRequest.Segment(account.Text("domain"))}/messages")
            .Basic(account.Text("user"), account.Text("apiKey"))
            .Multipart(FieldsOf(message, account), message.Attachments.Select(FileOf)),
        Reply,
        ct);

    private static IEnumerable<(string, string?)> FieldsOf(EmailMessage message, Account account) =>
    [
        ("from", message.Sender(account)),
        .. message.To.Select(address => ("to", (string?)address)),
        .. message.Cc.Select(address => ("cc", (string?)address)),
        .. message.Bcc.Select(address => ("bcc", (string?)address)),
        ("subject", message.Subject),
        ("html", message.Html),
        ("text", message.Text),
        ("h:Reply-To", message.ReplyTo),
        .. message.Headers.Select(header => ($"h:{header.Key}", (string?)header.Value)),
        ("o:tag", message.Origin?.WorkflowIdentifier),
        ("v:message-id", message.Id),
    ];

    // Shown files are known by their names.
    private static FormFile FileOf(EmailAttachment file) => file.ContentId is { } id
        ? new("inline", id, file.Mime, file.Content)
        : new("attachment", file.Name, file.Mime, file.Content);
}
