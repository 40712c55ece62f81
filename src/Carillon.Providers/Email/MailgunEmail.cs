using System.Security.Cryptography;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>Mailgun. https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages/post-v3--domain-name--messages</summary>
public sealed class MailgunEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["id"],
        Error = answer => answer["message"],
    };

    private static readonly VendorReports Reports = new(new("https://documentation.mailgun.com/docs/mailgun/user-manual/events/events"))
    {
        Rows = request => JsonBody.Find(request.Json, "event-data") is { } row ? [row] : [],
        Id = row => row["message.headers.message-id"] is { } id ? $"<{id.Trim('<', '>')}>" : null,
        Event = row => row["event"] is "failed" ? $"failed {row["severity"]}" : row["event"],
        Time = row => row["timestamp"],
        Response = row => row.First("delivery-status.message", "delivery-status.description", "reason"),
        Attempts = row => row["delivery-status.attempt-no"],
        Statuses =
        {
            ["accepted"] = Accepted, ["rejected"] = Rejected, ["delivered"] = Delivered, ["failed temporary"] = Deferred,
            ["failed permanent"] = Bounced, ["opened"] = Opened, ["clicked"] = Clicked, ["unsubscribed"] = Unsubscribed,
            ["complained"] = Complaint,
        },
        Signature = KeyedSignature.OfItsOwn(Check),
    };

    public ProviderInfo Info { get; } = new(
        "mailgun", Channel.Email, "Mailgun", new Uri("https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages/post-v3--domain-name--messages"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("baseUrl", "Base URL", IsRequired: false),
        new Field("user", "User name"),
        new Field("domain", "Domain"),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"{VendorRequest.Base(account.Text("baseUrl"), "https://api.mailgun.net")}/v3/{VendorRequest.Segment(account.Text("domain"))}/messages")
            .Basic(account.Text("user"), account.Text("apiKey"))
            .Multipart(FieldsOf(message, account), message.Attachments.Select(FileOf)),
        Reply,
        ct);

    private static IEnumerable<(string, string?)> FieldsOf(EmailMessage message, Account account) =>
    [
        ("from", message.Sender(account)),
        .. message.To.Select(address => ("to", (string?)address)),
        .. message.Cc.Select(address => ("cc", (string?)address)),
        .. message.Bcc.Select(address => ("bcc", (string?)address)),
        ("subject", message.Subject),
        ("html", message.Html),
        ("text", message.Text),
        ("h:Reply-To", message.ReplyTo),
        .. message.Headers.Select(header => ($"h:{header.Key}", (string?)header.Value)),
        ("o:tag", message.Origin?.WorkflowIdentifier),
        ("v:message-id", message.Id),
    ];

    // Shown files are known by their names.
    private static FormFile FileOf(EmailAttachment file) => file.ContentId is { } id
        ? new("inline", id, file.Mime, file.Content)
        : new("attachment", file.Name, file.Mime, file.Content);

    // https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
    private static SignatureVerdict Check(ReportRequest request, string key, DateTimeOffset now)
    {
        string? Part(string name) => JsonBody.Text(JsonBody.Find(request.Json, $"signature.{name}"));
        var expected = HMACSHA256.HashData(Signed.Bytes(key), Signed.Bytes(Part("timestamp") + Part("token")));

        // What could not be handed over is posted again for eight hours.
        return Signed.Fresh(Signed.Hex(Part("signature"), expected), Part("timestamp"), now, TimeSpan.FromHours(9));
    }
}
