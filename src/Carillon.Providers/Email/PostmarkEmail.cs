using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>Postmark. https://postmarkapp.com/developer/api/email-api#send-a-single-email</summary>
public sealed class PostmarkEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["MessageID"],
        Code = answer => answer["ErrorCode"],
        Error = answer => answer["Message"],
        Gone = ["406"],
        Later = ["100"],
        Account = ["10", "400", "401", "405", "412", "413"],
    };

    private static readonly VendorReports Reports = new(new("https://postmarkapp.com/developer/webhooks/webhooks-overview"))
    {
        Id = row => row["MessageID"],
        Event = row => row["RecordType"] is "SubscriptionChange" && row["SuppressSending"] is "false" ? null : row["RecordType"],
        Time = row => row.First("DeliveredAt", "BouncedAt", "ReceivedAt", "ChangedAt"),
        Response = row => row.First("Details", "Description", "SuppressionReason"),
        Statuses =
        {
            ["Delivery"] = Delivered, ["Bounce"] = Bounced, ["Open"] = Opened, ["Click"] = Clicked, ["SpamComplaint"] = Spam,
            ["SubscriptionChange"] = Unsubscribed,
        },
    };

    public ProviderInfo Info { get; } = new(
        "postmark", Channel.Email, "Postmark", new Uri("https://postmarkapp.com/developer/api/email-api#send-a-single-email"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.postmarkapp.com/email")
            .Header("X-Postmark-Server-Token", account.Text("apiKey"))
            .Header("Accept", "application/json")
            .Json(new
            {
                From = message.Sender(account),
                To = string.Join(',', message.To),
                Cc = message.Cc.Count == 0 ? null : string.Join(',', message.Cc),
                Bcc = message.Bcc.Count == 0 ? null : string.Join(',', message.Bcc),
                message.Subject,
                HtmlBody = message.Html,
                TextBody = message.Text,
                message.ReplyTo,
                Tag = message.Origin?.WorkflowIdentifier,
                Headers = message.Headers.Count == 0 ? null : message.Headers.Select(header => new { Name = header.Key, header.Value }),
                Attachments = message.Attachments.Each(file => new
                {
                    file.Name,
                    Content = file.Base64,
                    ContentType = file.Mime,
                    ContentID = file.ContentId is { } id ? $"cid:{id}" : null,
                }),
            }),
        Reply,
        ct);
}
