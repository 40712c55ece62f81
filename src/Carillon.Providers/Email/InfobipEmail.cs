using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>Infobip. https://www.infobip.com/docs/api/channels/email/send-fully-featured-email</summary>
public sealed class InfobipEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["messages.-1.status.groupId"] is not ("2" or "5"),
        Id = answer => answer["messages.-1.messageId"],
        Code = answer => answer["messages.-1.status.name"] ?? answer["requestError.serviceException.messageId"],
        Error = answer => answer["messages.-1.status.description"] ?? answer["requestError.serviceException.text"],
        Account = ["REJECTED_NOT_ENOUGH_CREDITS", "UNAUTHORIZED"],
    };

    private static readonly VendorReports Reports = new(new("https://www.infobip.com/docs/email/tracking-service"))
    {
        Rows = InfobipReports.Rows,
        Id = row => row["messageId"],
        Event = row => row.First("notificationType", "status.groupName"),
        Time = row => row.First("doneAt", "sendDateTime", "sentAt"),
        Response = row => row.First("status.description", "error.description"),
        Statuses =
        {
            ["PENDING"] = Queued, ["DELIVERED"] = Delivered, ["UNDELIVERABLE"] = Bounced, ["EXPIRED"] = Undelivered, ["REJECTED"] = Rejected,
            ["OPENED"] = Opened, ["CLICKED"] = Clicked, ["UNSUBSCRIBED"] = Unsubscribed, ["COMPLAINED"] = Complaint,
        },
    };

    public ProviderInfo Info { get; } = new(
        "infobip-email", Channel.Email, "Infobip", new Uri("https://www.infobip.com/docs/api/channels/email/send-fully-featured-email"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("baseUrl", "Base URL"),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"{VendorRequest.Base(account.Text("baseUrl"))}/email/3/send")
            .Authorization("App", account.Text("apiKey"))
            .Multipart(FieldsOf(message, account), message.Attachments.Select(FileOf)),
        Reply,
        ct);

    private static IEnumerable<(string, string?)> FieldsOf(EmailMessage message, Account account) =>
    [
        ("from", message.Sender(account)),
        .. message.To.Select(address => ("to", (string?)address)),
        .. message.Cc.Select(address => ("cc", (string?)address)),
        .. message.Bcc.Select(address => ("bcc", (string?)address)),
        ("replyTo", message.ReplyTo),
        ("subject", message.Subject),
        ("html", message.Html),
        ("text", message.Text),
        ("messageId", message.Id),
    ];

    private static FormFile FileOf(EmailAttachment file) =>
        new(file.IsInline ? "inlineImage" : "attachment", file.ContentId ?? file.Name, file.Mime, file.Content);
}
