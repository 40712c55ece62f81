using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>BulkSMS; its token is a pair, <c>id:secret</c>. https://www.bulksms.com/developer/json/v1/</summary>
public sealed class BulkSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["0.id"],
        Code = answer => answer["status"],
        Error = answer => answer["detail"] ?? answer["title"],
    };

    private static readonly VendorReports Reports = new(new("https://www.bulksms.com/developer/json/v1/#tag/Webhooks"))
    {
        Id = row => row["id"],
        Event = row => row["status.type"],
        Response = row => row["status.subtype"],
        Statuses =
        {
            ["SCHEDULED"] = Created, ["ACCEPTED"] = Accepted, ["SENT"] = Sent, ["DELIVERED"] = Delivered, ["FAILED"] = Failed,
        },
    };

    public ProviderInfo Info { get; } = new(
        "bulk-sms", Channel.Sms, "BulkSMS", new Uri("https://www.bulksms.com/developer/json/v1/"),
        new Field("apiToken", "API Token", IsSecret: true))
    {
        Reports = Reports,
        IsIdempotent = true,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"https://api.bulksms.com/v1/messages?deduplication-id={Number(message.Id)}")
            .Authorization("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(account.Text("apiToken") ?? "")))
            .Json(new { to = message.To, from = message.From, body = message.Text, encoding = Gsm.Holds(message.Text) ? "TEXT" : "UNICODE" }),
        Reply,
        ct);

    // What it takes for a key is a number of 63 bits.
    private static long Number(string id) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id))) & long.MaxValue;
}
