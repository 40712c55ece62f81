using Carillon.Providers.Http;

namespace Carillon.Providers.Email;

/// <summary>Mailtrap. https://docs.mailtrap.io/developers/email-sending</summary>
public sealed class MailtrapEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["message_ids.0"],
        Error = answer => answer["errors.0"] ?? answer["error"],
    };

    public ProviderInfo Info { get; } = new(
        "mailtrap", Channel.Email, "Mailtrap", new Uri("https://docs.mailtrap.io/developers/email-sending"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"));

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://send.api.mailtrap.io/api/send").Bearer(account.Text("apiKey")).Json(new
        {
            from = new { email = message.From, name = message.NameOf(account) },
            to = message.To.Each(email => new { email }),
            cc = message.Cc.Each(email => new { email }),
            bcc = message.Bcc.Each(email => new { email }),
            reply_to = message.ReplyTo is { } email ? new { email } : null,
            subject = message.Subject,
            html = message.Html,
            text = message.Text,
            headers = message.HeadersOrNull,
            category = message.Origin?.WorkflowIdentifier,
            attachments = message.Attachments.Each(file => new
            {
                content = file.Base64,
                type = file.Mime,
                filename = file.Name,
                disposition = file.DispositionOf,
                content_id = file.ContentId,
            }),
        }),
        Reply,
        ct);
}
