using System.Text.Json;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>SparkPost. https://developers.sparkpost.com/api/transmissions/</summary>
public sealed class SparkPostEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["results.total_accepted_recipients"] != "0",
        Id = answer => answer["results.id"],
        Code = answer => answer["errors.0.code"],
        Error = answer => answer["errors.0.description"] ?? answer["errors.0.message"],
        Gone = ["1902"],
    };

    private static readonly VendorReports Reports = new(new("https://developers.sparkpost.com/api/webhooks/"))
    {
        Rows = request => request.Rows.Select(row => JsonBody.Find(row, "msys")).OfType<JsonElement>()
            .SelectMany(kinds => kinds.ValueKind == JsonValueKind.Object ? kinds.EnumerateObject().Select(kind => kind.Value) : []),
        Id = row => row["transmission_id"],
        Event = row => row["type"],
        Time = row => row["timestamp"],
        Response = row => row.First("raw_reason", "reason"),
        Attempts = row => row["num_retries"],
        Statuses =
        {
            ["injection"] = Accepted, ["delay"] = Delayed, ["delivery"] = Delivered, ["bounce"] = Bounced, ["out_of_band"] = Bounced,
            ["policy_rejection"] = Rejected, ["generation_failure"] = Failed, ["generation_rejection"] = Rejected, ["open"] = Opened,
            ["initial_open"] = Opened, ["click"] = Clicked, ["list_unsubscribe"] = Unsubscribed, ["link_unsubscribe"] = Unsubscribed,
            ["spam_complaint"] = Spam,
        },
    };

    public ProviderInfo Info { get; } = new(
        "sparkpost", Channel.Email, "SparkPost", new Uri("https://developers.sparkpost.com/api/transmissions/"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("region", "Region", FieldKind.Dropdown, IsRequired: false) { Options = ["eu"] },
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"https://api.{(account.Text("region") == "eu" ? "eu." : "")}sparkpost.com/api/v1/transmissions")
            .Header("Authorization", account.Text("apiKey"))
            .Json(new
            {
                options = new { transactional = true, ip_pool = message.IpPoolName },
                recipients = RecipientsOf(message),
                content = new
                {
                    from = new { email = message.From, name = message.NameOf(account) },
                    reply_to = message.ReplyTo,
                    subject = message.Subject,
                    html = message.Html,
                    text = message.Text,
                    headers = HeadersOf(message),
                    attachments = Files(message, isInline: false),
                    inline_images = Files(message, isInline: true),
                },
                metadata = new { messageId = message.Id },
            }),
        Reply,
        ct);

    // Copies are recipients too, who see whom it is for.
    private static IEnumerable<object> RecipientsOf(EmailMessage message) =>
    [
        .. message.To.Select(email => new { address = new { email } }),
        .. message.Cc.Concat(message.Bcc).Select(email => new { address = new { email, header_to = string.Join(", ", message.To) } }),
    ];

    private static Dictionary<string, string> HeadersOf(EmailMessage message)
    {
        var headers = new Dictionary<string, string>(message.Headers);
        if (message.Cc.Count > 0) headers["CC"] = string.Join(", ", message.Cc);
        return headers;
    }

    private static object[]? Files(EmailMessage message, bool isInline) => message.Attachments.Where(file => file.IsInline == isInline).ToList()
        .Each(file => new { type = file.Mime, name = file.ContentId ?? file.Name, data = file.Base64 });
}
