using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>Brevo. https://developers.brevo.com/reference/sendtransacsms</summary>
public sealed class BrevoSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["messageId"],
        Code = answer => answer["code"],
        Error = answer => answer["message"],
        Later = ["too_many_requests"],
        Account = ["unauthorized", "not_enough_credits", "account_under_validation", "permission_denied"],
    };

    private static readonly VendorReports Reports = new(new("https://developers.brevo.com/docs/sms-webhooks"))
    {
        Id = row => row["messageId"],
        Event = row => row.First("msg_status", "status"),
        Time = row => row.First("ts_event", "date"),
        Response = row => row.First("description", "error_code"),
        Statuses =
        {
            ["accepted"] = Accepted, ["sent"] = Sent, ["delivered"] = Delivered, ["soft_bounce"] = Undelivered, ["hard_bounce"] = Failed,
            ["blocked"] = Blocked, ["blacklisted"] = Blocked, ["rejected"] = Rejected, ["skip"] = Dropped, ["unsubscribe"] = Unsubscribed,
        },
    };

    public ProviderInfo Info { get; } = new(
        "brevo-sms", Channel.Sms, "Brevo", new Uri("https://developers.brevo.com/reference/sendtransacsms"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.brevo.com/v3/transactionalSMS/sms")
            .Header("api-key", account.Text("apiKey"))
            .Json(new
            {
                sender = message.From,
                recipient = message.To,
                content = message.Text,
                type = "transactional",
                unicodeEnabled = !Gsm.Holds(message.Text),
            }),
        Reply,
        ct);
}
