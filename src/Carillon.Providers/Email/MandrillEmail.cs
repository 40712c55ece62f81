using System.Text.Json;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>Mailchimp Transactional, formerly Mandrill. Its faults come as 500, whatever they are. https://mailchimp.com/developer/transactional/api/messages/send-new-message/</summary>
public sealed class MandrillEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["0.status"] is "sent" or "queued" or "scheduled",
        Id = answer => answer["0._id"],
        Code = answer => answer["name"] ?? answer["0.reject_reason"] ?? answer["0.status"],
        Error = answer => answer["message"],
        Gone = ["hard-bounce", "unsub", "spam", "invalid"],
        Final = ["ValidationError", "Unknown_Template", "Unknown_Subaccount"],
        Account = ["Invalid_Key", "PaymentRequired", "unsigned", "invalid-sender"],
    };

    private static readonly VendorReports Reports = new(new("https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/"))
    {
        Rows = request => request.Fields.Where(field => field.Key == "mandrill_events")
            .Select(field => JsonBody.Parse(Signed.Bytes(field.Value)))
            .SelectMany(list => list is { ValueKind: JsonValueKind.Array } events ? events.EnumerateArray() : []),
        Id = row => row["_id"],
        Event = row => row["event"],
        Time = row => row["ts"],
        Response = row => row.First("msg.diag", "msg.bounce_description", "msg.smtp_events.0.diag"),
        Statuses =
        {
            ["send"] = Sent, ["deferral"] = Deferred, ["delivered"] = Delivered, ["hard_bounce"] = Bounced, ["soft_bounce"] = Bounced,
            ["reject"] = Rejected, ["open"] = Opened, ["click"] = Clicked, ["unsub"] = Unsubscribed, ["spam"] = Spam,
        },
        Signature = KeyedSignature.OfItsOwn((request, key, _) =>
            Signed.Base64(request.Header("X-Mandrill-Signature"), Signed.HmacSha1(key, Signed.UrlAndFields(request)))),
    };

    public ProviderInfo Info { get; } = new(
        "mandrill", Channel.Email, "Mandrill", new Uri("https://mailchimp.com/developer/transactional/api/messages/send-new-message/"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://mandrillapp.com/api/1.0/messages/send.json").Json(new
        {
            key = account.Text("apiKey"),
            message = new
            {
                from_email = message.From,
                from_name = message.NameOf(account),
                to = RecipientsOf(message),
                subject = message.Subject,
                html = message.Html,
                text = message.Text,
                headers = HeadersOf(message),
                tags = message.Origin is { } origin ? new[] { origin.WorkflowIdentifier } : null,
                attachments = Files(message, isInline: false),
                images = Files(message, isInline: true),
            },
            ip_pool = message.IpPoolName,
        }),
        Reply,
        ct);

    private static IEnumerable<object> RecipientsOf(EmailMessage message) =>
    [
        .. message.To.Select(email => new { email, type = "to" }),
        .. message.Cc.Select(email => new { email, type = "cc" }),
        .. message.Bcc.Select(email => new { email, type = "bcc" }),
    ];

    private static Dictionary<string, string> HeadersOf(EmailMessage message)
    {
        var headers = new Dictionary<string, string>(message.Headers);
        if (message.ReplyTo is { } reply) headers["Reply-To"] = reply;
        return headers;
    }

    private static object[]? Files(EmailMessage message, bool isInline) => message.Attachments.Where(file => file.IsInline == isInline).ToList()
        .Each(file => new { type = file.Mime, name = file.ContentId ?? file.Name, content = file.Base64 });
}
