using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>Mailjet. https://dev.mailjet.com/email/guides/send-api-v31/</summary>
public sealed class MailjetEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["Messages.0.Status"] is null or "success",
        Id = answer => answer["Messages.0.To.0.MessageID"] ?? answer.Header("x-mj-request-guid"),
        Code = answer => answer["Messages.0.Errors.0.ErrorCode"] ?? answer["ErrorCode"],
        Error = answer => answer["Messages.0.Errors.0.ErrorMessage"] ?? answer["ErrorMessage"],
    };

    private static readonly VendorReports Reports = new(new("https://dev.mailjet.com/email/guides/webhooks/"))
    {
        Id = row => row["MessageID"],
        Event = row => row["event"],
        Time = row => row["time"],
        Response = row => row.First("smtp_reply", "comment", "error"),
        Statuses =
        {
            ["sent"] = Delivered, ["open"] = Opened, ["click"] = Clicked, ["bounce"] = Bounced, ["blocked"] = Blocked, ["spam"] = Spam,
            ["unsub"] = Unsubscribed,
        },
    };

    public ProviderInfo Info { get; } = new(
        "mailjet", Channel.Email, "Mailjet", new Uri("https://dev.mailjet.com/email/guides/send-api-v31/"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("secretKey", "API Secret", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.mailjet.com/v3.1/send").Basic(account.Text("apiKey"), account.Text("secretKey")).Json(new
        {
            Messages = new[]
            {
                new
                {
                    From = new { Email = message.From, Name = message.NameOf(account) },
                    To = message.To.Each(address => new { Email = address }),
                    Cc = message.Cc.Each(address => new { Email = address }),
                    Bcc = message.Bcc.Each(address => new { Email = address }),
                    ReplyTo = message.ReplyTo is { } reply ? new { Email = reply } : null,
                    message.Subject,
                    TextPart = message.Text,
                    HTMLPart = message.Html,
                    CustomID = message.Id,
                    Headers = message.HeadersOrNull,
                    Attachments = Files(message, isInline: false),
                    InlinedAttachments = Files(message, isInline: true),
                },
            },
        }),
        Reply,
        ct);

    private static object[]? Files(EmailMessage message, bool isInline) => message.Attachments.Where(file => file.IsInline == isInline).ToList()
        .Each(file => new { ContentType = file.Mime, Filename = file.Name, Base64Content = file.Base64, ContentID = file.ContentId });
}
