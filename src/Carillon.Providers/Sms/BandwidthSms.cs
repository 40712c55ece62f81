using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>Bandwidth. https://dev.bandwidth.com/apis/messaging-apis/messaging/#tag/Messages/operation/createMessage</summary>
public sealed class BandwidthSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["id"],
        Date = answer => answer["time"],
        Code = answer => answer["type"],
        Error = answer => answer["description"],
    };

    private static readonly VendorReports Reports = new(new("https://dev.bandwidth.com/docs/messaging/webhooks/"))
    {
        Id = row => row["message.id"],
        Event = row => row["type"],
        Time = row => row["time"],
        Response = row => row["description"],
        Statuses = { ["message-sending"] = Sending, ["message-sent"] = Sent, ["message-delivered"] = Delivered, ["message-failed"] = Failed },
    };

    public ProviderInfo Info { get; } = new(
        "bandwidth", Channel.Sms, "Bandwidth", new Uri("https://dev.bandwidth.com/apis/messaging-apis/messaging/#tag/Messages/operation/createMessage"),
        new Field("user", "Username"),
        new Field("password", "Password", IsSecret: true),
        new Field("accountSid", "Account ID"),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"https://messaging.bandwidth.com/api/v2/users/{VendorRequest.Segment(account.Text("accountSid"))}/messages")
            .Basic(account.Text("user"), account.Text("password"))
            .Json(new
            {
                applicationId = account.Text("accountSid"),
                to = new[] { message.To },
                from = message.From,
                text = message.Text,
                tag = message.Id,
            }),
        Reply,
        ct);
}
