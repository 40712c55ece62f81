using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

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

    private static readonly VendorReports Reports = new(new("https://developers.brevo.com/docs/transactional-webhooks"))
    {
        Id = row => row["message-id"],
        Event = row => row["event"],
        Time = row => row.First("ts_epoch", "ts_event", "date"),
        Response = row => row["reason"],
        Statuses =
        {
            ["request"] = Sent, ["delivered"] = Delivered, ["deferred"] = Deferred, ["hard_bounce"] = Bounced, ["hardBounce"] = Bounced,
            ["soft_bounce"] = Bounced, ["softBounce"] = Bounced, ["blocked"] = Blocked, ["invalid_email"] = Dropped, ["error"] = Dropped,
            ["opened"] = Opened, ["unique_opened"] = Opened, ["uniqueOpened"] = Opened, ["proxy_open"] = Opened, ["click"] = Clicked,
            ["unsubscribed"] = Unsubscribed, ["spam"] = Spam, ["complaint"] = Complaint,
        },
    };

    public ProviderInfo Info { get; } = new(
        "sendinblue", Channel.Email, "Sendinblue", new Uri("https://developers.brevo.com/reference/sendtransacemail"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
    };

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
