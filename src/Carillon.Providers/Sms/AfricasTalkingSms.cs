using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>Africa's Talking; the user "sandbox" is its sandbox. https://developers.africastalking.com/docs/sms/sending/bulk</summary>
public sealed class AfricasTalkingSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["SMSMessageData.Recipients.0.statusCode"] is "100" or "101" or "102",
        Id = answer => answer["SMSMessageData.Recipients.0.messageId"],
        Code = answer => answer["SMSMessageData.Recipients.0.statusCode"],
        Error = answer => answer["SMSMessageData.Recipients.0.status"] ?? answer["SMSMessageData.Message"],
        Gone = ["403", "406"],
        Later = ["500", "501"],
        Account = ["402", "405"],
    };

    private static readonly VendorReports Reports = new(new("https://developers.africastalking.com/docs/sms/notifications"))
    {
        Id = row => row["id"],
        Event = row => row["status"],
        Response = row => row["failureReason"],
        Attempts = row => row["retryCount"],
        Statuses =
        {
            ["Submitted"] = Accepted, ["Buffered"] = Queued, ["Sent"] = Sent, ["Success"] = Delivered, ["AbsentSubscriber"] = Undelivered,
            ["Expired"] = Undelivered, ["Failed"] = Failed, ["Rejected"] = Rejected,
        },
    };

    public ProviderInfo Info { get; } = new(
        "africas-talking", Channel.Sms, "Africa's Talking", new Uri("https://developers.africastalking.com/docs/sms/sending/bulk"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("user", "Username"),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"https://api.{(account.Text("user") == "sandbox" ? "sandbox." : "")}africastalking.com/version1/messaging")
            .Header("apiKey", account.Text("apiKey"))
            .Header("Accept", "application/json")
            .Form(("username", account.Text("user")), ("to", message.To), ("message", message.Text), ("from", message.From)),
        Reply,
        ct);
}
