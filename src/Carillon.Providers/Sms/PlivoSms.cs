using System.Security.Cryptography;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>Plivo. https://www.plivo.com/docs/messaging/api/message/send-a-message/</summary>
public sealed class PlivoSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["message_uuid.0"],
        Error = answer => answer["error"],
    };

    private static readonly VendorReports Reports = new(new("https://www.plivo.com/docs/messaging/concepts/message-status-callbacks"))
    {
        Id = row => row.First("MessageUUID", "messageUuid"),
        Event = row => row.First("Status", "status"),
        Time = row => row["MessageTime"],
        Response = row => row["ErrorCode"],
        Statuses =
        {
            ["queued"] = Queued, ["sent"] = Sent, ["delivered"] = Delivered, ["read"] = Opened, ["undelivered"] = Undelivered,
            ["failed"] = Failed, ["rejected"] = Rejected,
        },

        // https://www.plivo.com/docs/messaging/concepts/signature-validation
        Signature = new KeyedSignature("token", (request, token, _) => Signed.Base64(
            request.Header("X-Plivo-Signature-V2"),
            HMACSHA256.HashData(Signed.Bytes(token), Signed.Bytes(request.Url.Split('?')[0] + request.Header("X-Plivo-Signature-V2-Nonce"))))),
    };

    public ProviderInfo Info { get; } = new(
        "plivo", Channel.Sms, "Plivo", new Uri("https://www.plivo.com/docs/messaging/api/message/send-a-message/"),
        new Field("accountSid", "Account SID"),
        new Field("token", "Auth token", IsSecret: true),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"https://api.plivo.com/v1/Account/{VendorRequest.Segment(account.Text("accountSid"))}/Message/")
            .Basic(account.Text("accountSid"), account.Text("token"))
            .Json(new { src = message.From, dst = message.To, text = message.Text }),
        Reply,
        ct);
}
