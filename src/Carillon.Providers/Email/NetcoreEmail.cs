using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>Netcore. https://emaildocs.netcorecloud.com/reference/send-email-v51</summary>
public sealed class NetcoreEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["data.message_id"] is not null,
        Id = answer => answer["data.message_id"],
        Error = answer => answer["error.0.message"] ?? answer["message"],
    };

    private static readonly VendorReports Reports = new(new("https://emaildocs.netcorecloud.com/docs/webhooks"))
    {
        Id = row => row["TRANSID"],
        Event = row => row["EVENT"],
        Time = row => row["TIMESTAMP"],
        Response = row => row.First("RESPONSE", "BOUNCE_REASON"),
        Statuses =
        {
            ["send"] = Sent, ["sent"] = Sent, ["delivered"] = Delivered, ["bounce"] = Bounced, ["bounced"] = Bounced, ["invalid"] = Bounced,
            ["drop"] = Dropped, ["dropped"] = Dropped, ["open"] = Opened, ["opened"] = Opened, ["click"] = Clicked, ["clicked"] = Clicked,
            ["unsub"] = Unsubscribed, ["unsubscribed"] = Unsubscribed, ["spam"] = Spam,
        },
    };

    public ProviderInfo Info { get; } = new(
        "netcore", Channel.Email, "Netcore", new Uri("https://emaildocs.netcorecloud.com/reference/send-email-v51"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://emailapi.netcorecloud.net/v5.1/mail/send")
            .Header("api_key", account.Text("apiKey"))
            .Header("Accept", "application/json")
            .Json(new
            {
                from = new { email = message.From, name = message.NameOf(account) },
                reply_to = message.ReplyTo,
                subject = message.Subject,
                content = new[] { new { type = "html", value = message.Html ?? message.Text } },
                personalizations = new[]
                {
                    new
                    {
                        to = message.To.Each(email => new { email }),
                        cc = message.Cc.Each(email => new { email }),
                        bcc = message.Bcc.Each(email => new { email }),
                        attachments = message.Attachments.Each(file => new { name = file.Name, content = file.Base64 }),
                    },
                },
                tags = message.Origin is { } origin ? new[] { origin.WorkflowIdentifier } : null,
            }),
        Reply,
        ct);
}
