using System.Security.Cryptography;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>Termii. https://developers.termii.com/messaging-api</summary>
public sealed class TermiiSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["message_id"] is not null,
        Id = answer => answer["message_id"],
        Code = answer => answer["code"],
        Error = answer => answer["message"],
    };

    private static readonly VendorReports Reports = new(new("https://developer.termii.com/events-and-reports"))
    {
        Id = row => row["message_id"],

        // The word may come with an explanation: "DELIVERED | Message delivered to handset".
        Event = row => row["status"]?.Split('|')[0].Trim(),
        Time = row => row["sent_at"],
        Response = row => row["status"],
        Statuses =
        {
            ["Message sent"] = Sent, ["Delivered"] = Delivered, ["Message failed"] = Failed, ["Rejected"] = Rejected, ["Expired"] = Undelivered,
            ["DND Active on Phone Number"] = Undelivered,
        },
        Signature = KeyedSignature.OfItsOwn((request, key, _) =>
            Signed.Hex(request.Header("X-Termii-Signature"), HMACSHA512.HashData(Signed.Bytes(key), request.Body.Span))),
    };

    public ProviderInfo Info { get; } = new(
        "termii", Channel.Sms, "Termii", new Uri("https://developers.termii.com/messaging-api"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.ng.termii.com/api/sms/send").Json(new
        {
            api_key = account.Text("apiKey"),
            to = PhoneNumber.Bare(message.To),
            from = message.From,
            sms = message.Text,
            type = Gsm.Holds(message.Text) ? "plain" : "unicode",
            channel = "generic",
        }),
        Reply,
        ct);
}
