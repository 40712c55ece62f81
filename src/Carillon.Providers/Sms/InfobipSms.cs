using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>Infobip. https://www.infobip.com/docs/api/channels/sms/sms-messaging/outbound-sms/send-sms-message</summary>
public sealed class InfobipSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["messages.0.status.groupId"] is not ("2" or "5"),
        Id = answer => answer["messages.0.messageId"],
        Code = answer => answer["messages.0.status.name"] ?? answer["requestError.serviceException.messageId"],
        Error = answer => answer["messages.0.status.description"] ?? answer["requestError.serviceException.text"],
        Gone = ["REJECTED_DESTINATION", "REJECTED_INVALID_DESTINATION"],
        Account = ["REJECTED_NOT_ENOUGH_CREDITS", "UNAUTHORIZED"],
    };

    private static readonly VendorReports Reports = new(new("https://www.infobip.com/docs/api/channels/sms/sms-messaging/logs-and-status-reports/receive-outbound-sms-message-report"))
    {
        Rows = InfobipReports.Rows,
        Id = row => row["messageId"],
        Event = row => row["status.groupName"],
        Time = row => row.First("doneAt", "sentAt"),
        Response = row => row.First("status.description", "error.description"),
        Statuses =
        {
            ["PENDING"] = Queued, ["DELIVERED"] = Delivered, ["UNDELIVERABLE"] = Undelivered, ["EXPIRED"] = Undelivered, ["REJECTED"] = Rejected,
        },
    };

    public ProviderInfo Info { get; } = new(
        "infobip-sms", Channel.Sms, "Infobip", new Uri("https://www.infobip.com/docs/api/channels/sms/sms-messaging/outbound-sms/send-sms-message"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("baseUrl", "Base URL"),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"{VendorRequest.Base(account.Text("baseUrl"))}/sms/2/text/advanced")
            .Authorization("App", account.Text("apiKey"))
            .Json(new
            {
                messages = new[]
                {
                    new { from = message.From, destinations = new[] { new { to = message.To, messageId = message.Id } }, text = message.Text },
                },
            }),
        Reply,
        ct);
}
