using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>seven, formerly sms77. https://docs.seven.io/en/rest-api/endpoints/sms</summary>
public sealed class Sms77Sms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["success"] == "100",
        Id = answer => answer["messages.0.id"],
        Code = answer => answer["success"] ?? answer[""],
        Error = answer => answer["messages.0.error_text"],
        Gone = ["202"],
        Later = ["304", "403"],
        Account = ["500", "900", "901", "902", "903"],
    };

    private static readonly VendorReports Reports = new(new("https://docs.seven.io/en/rest-api/endpoints/webhooks"))
    {
        Id = row => row["data.msg_id"],
        Event = row => row["data.status"],
        Time = row => row["data.timestamp"],
        Statuses =
        {
            ["ACCEPTED"] = Accepted, ["BUFFERED"] = Queued, ["TRANSMITTED"] = Sent, ["DELIVERED"] = Delivered, ["NOTDELIVERED"] = Undelivered,
            ["EXPIRED"] = Undelivered, ["FAILED"] = Failed, ["REJECTED"] = Rejected,
        },
    };

    public ProviderInfo Info { get; } = new(
        "sms77", Channel.Sms, "sms77", new Uri("https://docs.seven.io/en/rest-api/endpoints/sms"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://gateway.sms77.io/api/sms")
            .Header("X-Api-Key", account.Text("apiKey"))
            .Form(("to", message.To), ("from", message.From), ("text", message.Text), ("foreign_id", message.Id), ("json", "1")),
        Reply,
        ct);
}
