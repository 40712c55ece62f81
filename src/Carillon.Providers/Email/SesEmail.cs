using Carillon.Providers.Aws;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>Amazon SES, which takes the whole mail as it travels. https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html</summary>
public sealed class SesEmail(OutboundHttp http, TimeProvider clock) : IEmailProvider
{
    public ProviderInfo Info { get; } = new(
        "ses", Channel.Email, "SES", new Uri("https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html"),
        new Field("apiKey", "Access key ID", IsSecret: true),
        new Field("secretKey", "Secret access key", IsSecret: true),
        new Field("region", "Region"),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = ReportsOf(http),
    };

    public async Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct)
    {
        if (VendorCall.Lacking(Info, account) is { } lacking) return lacking;
        if (MimeMail.FaultIn(message) is { } fault) return new SendResult.Refused(fault);

        var now = clock.GetUtcNow();
        using var mail = MimeMail.Of(message with { SenderName = message.NameOf(account) }, now);
        mail.Bcc.Clear(); // who gets it is said beside the mail
        using var raw = new MemoryStream();
        await mail.WriteToAsync(raw, ct);

        var request = await AwsQuery.PostAsync("email", account, now, [
            ("Action", "SendRawEmail"),
            ("Version", "2010-12-01"),
            .. message.To.Concat(message.Cc).Concat(message.Bcc).Select((address, index) => ($"Destinations.member.{index + 1}", (string?)address)),
            ("RawMessage.Data", Convert.ToBase64String(raw.GetBuffer().AsSpan(0, (int)raw.Length))),
        ]);
        return await http.SendAsync(Info, account, request, AwsQuery.Reply, ct);
    }

    private static VendorReports ReportsOf(OutboundHttp http) => new(new("https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html"))
    {
        Rows = SnsSignature.Rows,
        Id = row => row["mail.messageId"],
        Event = row => row.First("eventType", "notificationType"),
        Time = row => row.First(
            "bounce.timestamp", "complaint.timestamp", "delivery.timestamp", "open.timestamp", "click.timestamp", "deliveryDelay.timestamp",
            "subscription.timestamp", "mail.timestamp"),
        Response = row => row.First(
            "delivery.smtpResponse", "bounce.bouncedRecipients.0.diagnosticCode", "complaint.complaintFeedbackType", "reject.reason",
            "deliveryDelay.delayType"),
        Statuses =
        {
            ["Send"] = Sent, ["DeliveryDelay"] = Delayed, ["Delivery"] = Delivered, ["Bounce"] = Bounced, ["Reject"] = Rejected,
            ["Rendering Failure"] = Failed, ["Open"] = Opened, ["Click"] = Clicked, ["Subscription"] = Unsubscribed, ["Complaint"] = Complaint,
        },
        Signature = new SnsSignature(http),
        Confirmation = SnsSignature.Confirmation,
    };
}
