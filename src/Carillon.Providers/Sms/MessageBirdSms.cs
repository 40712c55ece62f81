using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>MessageBird. https://developers.messagebird.com/api/sms-messaging/</summary>
public sealed class MessageBirdSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["id"],
        Code = answer => answer["errors.0.code"],
        Error = answer => answer["errors.0.description"],
        Account = ["2", "25"],
    };

    private static readonly VendorReports Reports = new(new("https://developers.messagebird.com/api/sms-messaging/#handle-a-status-report"))
    {
        Id = row => row["id"],
        Event = row => row["status"],
        Time = row => row["statusDatetime"],
        Response = row => row.First("statusReason", "statusErrorCode"),
        Statuses =
        {
            ["scheduled"] = Created, ["buffered"] = Queued, ["sent"] = Sent, ["delivered"] = Delivered, ["expired"] = Undelivered,
            ["delivery_failed"] = Failed,
        },

        // https://developers.messagebird.com/api/#verifying-http-requests
        Signature = KeyedSignature.OfItsOwn(JwtSignature.Check),
    };

    public ProviderInfo Info { get; } = new(
        "messagebird", Channel.Sms, "MessageBird", new Uri("https://developers.messagebird.com/api/sms-messaging/"),
        new Field("accessKey", "Access key", IsSecret: true),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://rest.messagebird.com/messages")
            .Authorization("AccessKey", account.Text("accessKey"))
            .Json(new
            {
                originator = message.From,
                recipients = new[] { message.To },
                body = message.Text,
                datacoding = "auto",
                reference = message.Id,
            }),
        Reply,
        ct);
}
