using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>ClickSend; it takes a list, and says of each what became of it. https://developers.clicksend.com/docs/messaging/sms/other/send-sms</summary>
public sealed class ClicksendSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["data.messages.0.status"] == "SUCCESS",
        Id = answer => answer["data.messages.0.message_id"],
        Code = answer => answer["data.messages.0.status"] ?? answer["response_code"],
        Error = answer => answer["response_msg"],
        Gone = ["INVALID_RECIPIENT"],
        Later = ["THROTTLED", "TOO_MANY_REQUESTS"],
        Account = ["INSUFFICIENT_CREDIT", "COUNTRY_NOT_ENABLED", "UNAUTHORIZED"],
    };

    private static readonly VendorReports Reports = new(new("https://developers.clicksend.com/docs/messaging/sms/other/sms-delivery-receipts"))
    {
        Id = row => row.First("message_id", "messageid"),
        Event = row => row["status_code"],
        Time = row => row["timestamp"],
        Response = row => row.First("status_text", "error_text"),
        Statuses = { ["200"] = Sent, ["201"] = Delivered, ["300"] = Deferred, ["301"] = Undelivered, ["302"] = Undelivered },
    };

    public ProviderInfo Info { get; } = new(
        "clicksend", Channel.Sms, "Clicksend", new Uri("https://developers.clicksend.com/docs/messaging/sms/other/send-sms"),
        new Field("user", "Username"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://rest.clicksend.com/v3/sms/send")
            .Basic(account.Text("user"), account.Text("apiKey"))
            .Json(new { messages = new[] { new { to = message.To, from = message.From, body = message.Text, custom_string = message.Id } } }),
        Reply,
        ct);
}
