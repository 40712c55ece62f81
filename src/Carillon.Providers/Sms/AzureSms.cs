using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>
/// Azure Communication Services. Requests are signed with the key in the connection string.
/// https://learn.microsoft.com/rest/api/communication/sms/sms/send
/// https://learn.microsoft.com/azure/communication-services/tutorials/hmac-header-tutorial
/// </summary>
public sealed class AzureSms(OutboundHttp http, TimeProvider clock) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["value.0.successful"] == "true",
        Id = answer => answer["value.0.messageId"],
        Code = answer => answer["value.0.httpStatusCode"] ?? answer["error.code"],
        Error = answer => answer["value.0.errorMessage"] ?? answer["error.message"],
        Later = ["429", "500", "503"],
    };

    // By Event Grid, which asks for an address of its own before it posts anything:
    // https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
    private static readonly VendorReports Reports = new(new("https://learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events"))
    {
        Id = row => row.First("data.messageId", "data.MessageId"),
        Event = row => row.First("data.deliveryStatus", "data.DeliveryStatus"),
        Time = row => row.First("data.receivedTimestamp", "data.ReceivedTimestamp"),
        Response = row => row.First("data.deliveryStatusDetails", "data.DeliveryStatusDetails"),
        Statuses = { ["Delivered"] = Delivered, ["Failed"] = Failed },
        Confirmation = request => AtMicrosoft(JsonBody.Text(JsonBody.Find(request.Json, "0.data.validationUrl"))),
    };

    public ProviderInfo Info { get; } = new(
        "azure-sms", Channel.Sms, "Azure Sms", new Uri("https://learn.microsoft.com/rest/api/communication/sms/sms/send"),
        new Field("accessKey", "Connection string", IsSecret: true),
        new Field("from", "From"))
    {
        IsIdempotent = true,
        Reports = Reports,
    };

    public async Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct)
    {
        if (VendorCall.Lacking(Info, account) is { } lacking) return lacking;

        var (endpoint, key) = Parts(account.Text("accessKey") ?? "");
        if (key is null) return new SendResult.Refused("The connection string is not one: endpoint=https://…;accesskey=…", RefusedFor.Account);

        var request = VendorRequest.Post($"{endpoint?.TrimEnd('/')}/sms?api-version=2021-03-07").Json(new
        {
            from = message.From,
            smsRecipients = new[] { new { to = message.To, repeatabilityRequestId = KeyOf(message), repeatabilityFirstSent = Rfc1123(BornAt(message)) } },
            message = message.Text,
            smsSendOptions = new { enableDeliveryReport = true },
        });
        if (request.RequestUri is not null) Sign(request, await request.Content!.ReadAsByteArrayAsync(ct), key);
        return await http.SendAsync(Info, account, request, Reply, ct);
    }

    private void Sign(HttpRequestMessage request, byte[] body, byte[] key)
    {
        var (url, date, hash) = (request.RequestUri!, Rfc1123(clock.GetUtcNow()), Convert.ToBase64String(SHA256.HashData(body)));
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"POST\n{url.PathAndQuery}\n{date};{url.Authority};{hash}"));
        request.Header("x-ms-date", date)
            .Header("x-ms-content-sha256", hash)
            .Authorization("HMAC-SHA256", $"SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={Convert.ToBase64String(signature)}");
    }

    private static (string? Endpoint, byte[]? Key) Parts(string connection)
    {
        var parts = connection.Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToLookup(part => part[0].Trim().ToLowerInvariant(), part => part[1].Trim());
        var key = new byte[256];
        return Convert.TryFromBase64String(parts["accesskey"].FirstOrDefault() ?? "", key, out var length) && length > 0
            ? (parts["endpoint"].FirstOrDefault(), key[..length])
            : (null, null);
    }

    private static Uri? AtMicrosoft(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0
        && url.IdnHost.EndsWith(".eventgrid.azure.net", StringComparison.OrdinalIgnoreCase)
            ? url
            : null;

    private static Guid KeyOf(SmsMessage message) => new(SHA256.HashData(Encoding.UTF8.GetBytes(message.Id)).AsSpan(0, 16));

    // The same at every attempt: our ids begin with the second they were made in.
    private static DateTimeOffset BornAt(SmsMessage message) =>
        DateTimeOffset.FromUnixTimeSeconds(Convert.ToInt64(message.Id[..8], 16));

    private static string Rfc1123(DateTimeOffset instant) => instant.ToString("R", CultureInfo.InvariantCulture);
}
