using System.Security.Cryptography;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>MailerSend. Headers beyond the usual ones are for its larger plans, so only those that the caller gave go out. https://developers.mailersend.com/api/v1/email.html#send-an-email</summary>
public sealed class MailerSendEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer.Header("X-Message-Id"),
        Error = answer => answer["message"],
    };

    private static readonly VendorReports Reports = new(new("https://developers.mailersend.com/api/v1/webhooks.html"))
    {
        Id = row => row["data.email.message.id"],
        Event = row => row["type"],
        Time = row => row["created_at"],
        Response = row => row.First("data.morph.reason", "data.morph.readable_reason"),
        Statuses =
        {
            ["activity.sent"] = Sent, ["activity.deferred"] = Deferred, ["activity.delivered"] = Delivered, ["activity.soft_bounced"] = Bounced,
            ["activity.hard_bounced"] = Bounced, ["activity.opened"] = Opened, ["activity.opened_unique"] = Opened,
            ["activity.clicked"] = Clicked, ["activity.clicked_unique"] = Clicked, ["activity.unsubscribed"] = Unsubscribed,
            ["activity.spam_complaint"] = Spam,
        },
        Signature = KeyedSignature.OfItsOwn((request, key, _) =>
            Signed.Hex(request.Header("Signature"), HMACSHA256.HashData(Signed.Bytes(key), request.Body.Span))),
    };

    public ProviderInfo Info { get; } = new(
        "mailersend", Channel.Email, "MailerSend", new Uri("https://developers.mailersend.com/api/v1/email.html#send-an-email"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.mailersend.com/v1/email").Bearer(account.Text("apiKey")).Json(new
        {
            from = new { email = message.From, name = message.NameOf(account) },
            to = message.To.Each(email => new { email }),
            cc = message.Cc.Each(email => new { email }),
            bcc = message.Bcc.Each(email => new { email }),
            reply_to = message.ReplyTo is { } email ? new { email } : null,
            subject = message.Subject,
            html = message.Html,
            text = message.Text,
            headers = HeadersOf(message),
            attachments = message.Attachments.Each(file => new
            {
                content = file.Base64,
                filename = file.Name,
                disposition = file.DispositionOf,
                id = file.ContentId,
            }),
            template_id = message.Custom("templateId"),
            personalization = message.CustomData?["personalization"],
            tags = message.Origin is { } origin ? new[] { origin.WorkflowIdentifier } : null,
        }),
        Reply,
        ct);

    private static object[]? HeadersOf(EmailMessage message) => message.Headers
        .Where(header => !header.Key.StartsWith("List-Unsubscribe", StringComparison.OrdinalIgnoreCase)).ToList()
        .Each(header => new { name = header.Key, value = header.Value });
}
