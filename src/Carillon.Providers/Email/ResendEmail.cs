using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>Resend. https://resend.com/docs/api-reference/emails/send-email</summary>
public sealed class ResendEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["id"],
        Code = answer => answer["name"],
        Error = answer => answer["message"],
        Later = ["concurrent_idempotent_requests"],
        Account = ["missing_api_key", "invalid_api_key", "restricted_api_key", "monthly_quota_exceeded"],
    };

    private static readonly VendorReports Reports = new(new("https://resend.com/docs/dashboard/webhooks/event-types"))
    {
        Id = row => row["data.email_id"],
        Event = row => row["type"],
        Time = row => row["created_at"],
        Response = row => row.First("data.bounce.message", "data.failed.reason"),
        Statuses =
        {
            ["email.sent"] = Sent, ["email.delivery_delayed"] = Delayed, ["email.delivered"] = Delivered, ["email.bounced"] = Bounced,
            ["email.failed"] = Failed, ["email.suppressed"] = Dropped, ["email.opened"] = Opened, ["email.clicked"] = Clicked,
            ["email.complained"] = Complaint,
        },

        // https://resend.com/docs/dashboard/webhooks/verify-webhooks-requests
        Signature = KeyedSignature.OfItsOwn(Signed.StandardWebhook),
    };

    public ProviderInfo Info { get; } = new(
        "resend", Channel.Email, "Resend", new Uri("https://resend.com/docs/api-reference/emails/send-email"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
        IsIdempotent = true,
    };

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.resend.com/emails")
            .Bearer(account.Text("apiKey"))
            .Header("Idempotency-Key", message.Id)
            .Json(new
            {
                from = message.Sender(account),
                to = message.To,
                cc = message.Cc.Each(address => address),
                bcc = message.Bcc.Each(address => address),
                reply_to = message.ReplyTo,
                subject = message.Subject,
                html = message.Html,
                text = message.Text,
                headers = message.HeadersOrNull,
                attachments = message.Attachments.Each(file => new
                {
                    filename = file.Name,
                    content = file.Base64,
                    content_type = file.Mime,
                    content_id = file.ContentId,
                }),
            }),
        Reply,
        ct);
}
