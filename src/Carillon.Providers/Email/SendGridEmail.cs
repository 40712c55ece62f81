using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>SendGrid. https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send</summary>
public sealed class SendGridEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Error = answer => answer["errors.0.message"],
    };

    private static readonly VendorReports Reports = new(new("https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event"))
    {
        Id = row => row["id"],
        Event = row => row["event"],
        Time = row => row["timestamp"],
        Response = row => row.First("response", "reason"),
        Attempts = row => row["attempt"],
        Statuses =
        {
            ["processed"] = Accepted, ["deferred"] = Deferred, ["delivered"] = Delivered, ["dropped"] = Dropped, ["bounce"] = Bounced,
            ["blocked"] = Blocked, ["open"] = Opened, ["click"] = Clicked, ["unsubscribe"] = Unsubscribed,
            ["group_unsubscribe"] = Unsubscribed, ["spamreport"] = Spam,
        },
        Signature = KeyedSignature.OfItsOwn(Check),
    };

    public ProviderInfo Info { get; } = new(
        "sendgrid", Channel.Email, "SendGrid", new Uri("https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("ipPoolName", "IP Pool Name", IsRequired: false),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.sendgrid.com/v3/mail/send").Bearer(account.Text("apiKey")).Json(new
        {
            personalizations = new[]
            {
                new
                {
                    to = message.To.Each(email => new { email }),
                    cc = message.Cc.Each(email => new { email }),
                    bcc = message.Bcc.Each(email => new { email }),
                    dynamic_template_data = message.CustomData?["dynamicTemplateData"],
                },
            },
            from = new { email = message.From, name = message.NameOf(account) },
            reply_to = message.ReplyTo is { } email ? new { email } : null,
            subject = message.Subject,
            content = ContentOf(message),
            attachments = message.Attachments.Each(file => new
            {
                content = file.Base64,
                type = file.Mime,
                filename = file.Name,
                disposition = file.DispositionOf,
                content_id = file.ContentId,
            }),
            headers = message.HeadersOrNull,
            categories = message.Origin is { } origin ? new[] { origin.WorkflowIdentifier } : null,
            custom_args = ArgumentsOf(message),
            ip_pool_name = message.IpPoolName ?? account.Text("ipPoolName"),
            template_id = message.Custom("templateId"),
        }),
        Reply with { Id = _ => message.Id },
        ct);

    // They come back with each delivery event.
    private static object ArgumentsOf(EmailMessage message) => new
    {
        id = message.Id,
        novuMessageId = message.Id,
        novuTransactionId = message.Origin?.TransactionId,
        novuWorkflowIdentifier = message.Origin?.WorkflowIdentifier,
        novuSubscriberId = message.Origin?.SubscriberId,
    };

    // Plain text must come first.
    private static object[] ContentOf(EmailMessage message) =>
    [
        .. message.Text is { Length: > 0 } text ? new object[] { new { type = "text/plain", value = text } } : [],
        .. message.Html is { Length: > 0 } html ? new object[] { new { type = "text/html", value = html } } : [],
    ];

    // https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
    private static SignatureVerdict Check(ReportRequest request, string key, DateTimeOffset now)
    {
        var timestamp = request.Header("X-Twilio-Email-Event-Webhook-Timestamp");
        if (request.Header("X-Twilio-Email-Event-Webhook-Signature") is not { } given || timestamp is null) return SignatureVerdict.Missing;

        // What could not be handed over is posted again for a day.
        return Signed.Fresh(
            Signed.Ecdsa(given, key, [.. Signed.Bytes(timestamp), .. request.Body.Span]), timestamp, now, TimeSpan.FromDays(1));
    }
}
