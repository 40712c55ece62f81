using Carillon.Providers.Http;

namespace Carillon.Providers.Email;

/// <summary>Brevo, formerly Sendinblue. https://developers.brevo.com/reference/sendtransacemail</summary>
public sealed class BrevoEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["messageId"],
        Code = answer => answer["code"],
        Error = answer => answer["message"],
        Later = ["too_many_requests"],
        Account = ["unauthorized", "not_enough_credits", "account_under_validation", "permission_denied"],
    };

    public ProviderInfo Info { get; } = new(
        "sendinblue", Channel.Email, "Sendinblue", new Uri("https://developers.brevo.com/reference/sendtransacemail"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"));

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.brevo.com/v3/smtp/email").Header("api-key", account.Text("apiKey")).Json(new
        {
            sender = new { email = message.From, name = message.NameOf(account) },
            to = message.To.Each(email => new { email }),
            cc = message.Cc.Each(email => new { email }),
            bcc = message.Bcc.Each(email => new { email }),
            replyTo = message.ReplyTo is { } email ? new { email } : null,
            subject = message.Subject,
            htmlContent = message.Html,
            textContent = message.Text,
            headers = message.HeadersOrNull,
            attachment = message.Attachments.Each(file => new { name = file.Name, content = file.Base64 }),
            templateId = message.CustomData?["templateId"],
            @params = message.CustomData?["templateParams"],
            tags = message.Origin is { } origin ? new[] { origin.WorkflowIdentifier } : null,
        }),
        Reply,
        ct);
}
