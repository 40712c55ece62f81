using System.Security.Cryptography;
using System.Text.Json;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>Vonage, formerly Nexmo. https://developer.vonage.com/en/api/sms</summary>
public sealed class NexmoSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["messages.0.status"] == "0",
        Id = answer => answer["messages.0.message-id"],
        Code = answer => answer["messages.0.status"],
        Error = answer => answer["messages.0.error-text"],
        Gone = ["7"],
        Later = ["1", "5", "10"],
        Account = ["4", "8", "9", "14"],
    };

    private static readonly VendorReports Reports = new(new("https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts"))
    {
        Id = row => row.First("messageId", "message-id"),
        Event = row => row["status"],
        Time = row => row["message-timestamp"],
        Response = row => row["err-code"] is { } code and not "0" ? $"error {code}" : null,
        Statuses =
        {
            ["accepted"] = Accepted, ["buffered"] = Queued, ["submitted"] = Sent, ["delivered"] = Delivered, ["expired"] = Undelivered,
            ["failed"] = Failed, ["rejected"] = Rejected,
        },
        Signature = KeyedSignature.OfItsOwn(Check),
    };

    public ProviderInfo Info { get; } = new(
        "nexmo", Channel.Sms, "Nexmo", new Uri("https://developer.vonage.com/en/api/sms"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("secretKey", "API secret", IsSecret: true),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://rest.nexmo.com/sms/json").Form(
            ("api_key", account.Text("apiKey")),
            ("api_secret", account.Text("secretKey")),
            ("from", message.From),
            ("to", PhoneNumber.Bare(message.To)),
            ("text", message.Text),
            ("type", Gsm.Holds(message.Text) ? null : "unicode"),
            ("client-ref", message.Id)),
        Reply,
        ct);

    // With SHA-256 as the method: https://developer.vonage.com/en/getting-started/concepts/signing-messages
    private static SignatureVerdict Check(ReportRequest request, string key, DateTimeOffset now)
    {
        if (request.Json is not { ValueKind: JsonValueKind.Object } fields) return SignatureVerdict.Missing;

        var text = string.Concat(fields.EnumerateObject()
            .Where(field => field.Name != "sig")
            .OrderBy(field => field.Name, StringComparer.Ordinal)
            .Select(field => $"&{field.Name}={JsonBody.Text(field.Value)?.Replace('&', '_').Replace('=', '_')}"));
        var verdict = Signed.Hex(JsonBody.Text(JsonBody.Find(fields, "sig")), HMACSHA256.HashData(Signed.Bytes(key), Signed.Bytes(text)));
        return Signed.Fresh(verdict, JsonBody.Text(JsonBody.Find(fields, "timestamp")), now);
    }
}
