using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>Telnyx. https://developers.telnyx.com/api/messaging/send-message</summary>
public sealed class TelnyxSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["data.id"],
        Code = answer => answer["errors.0.code"],
        Error = answer => answer["errors.0.detail"] ?? answer["errors.0.title"],
        Gone = ["40300", "40310"],
        Later = ["10011"],
        Account = ["10009", "20100"],
    };

    private static readonly VendorReports Reports = new(new("https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks"))
    {
        Id = row => row["data.payload.id"],
        Event = row => row["data.payload.to.0.status"],
        Time = row => row["data.occurred_at"],
        Response = row => row.First("data.payload.errors.0.detail", "data.payload.errors.0.title"),
        Statuses =
        {
            ["queued"] = Queued, ["sending"] = Sending, ["sent"] = Sent, ["delivered"] = Delivered, ["delivery_unconfirmed"] = Undelivered,
            ["sending_failed"] = Failed, ["delivery_failed"] = Failed,
        },
        Signature = KeyedSignature.OfItsOwn(Check),
    };

    public ProviderInfo Info { get; } = new(
        "telnyx", Channel.Sms, "Telnyx", new Uri("https://developers.telnyx.com/api/messaging/send-message"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("messageProfileId", "Message profile ID"),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.telnyx.com/v2/messages")
            .Bearer(account.Text("apiKey"))
            .Json(new { to = message.To, text = message.Text, from = message.From, messaging_profile_id = account.Text("messageProfileId") }),
        Reply,
        ct);

    // https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks#webhook-signing
    private static SignatureVerdict Check(ReportRequest request, string key, DateTimeOffset now)
    {
        var timestamp = request.Header("telnyx-timestamp");
        if (request.Header("telnyx-signature-ed25519") is not { } given || timestamp is null) return SignatureVerdict.Missing;

        return Signed.Fresh(Signed.Ed25519(given, key, [.. Signed.Bytes($"{timestamp}|"), .. request.Body.Span]), timestamp, now);
    }
}
