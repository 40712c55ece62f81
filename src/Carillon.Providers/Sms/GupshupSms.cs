using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>Gupshup; it answers in one line of text, with bars between its parts. https://docs.gupshup.io/docs/send-single-message</summary>
public sealed class GupshupSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => Part(answer, 0) == "success",
        Id = answer => Part(answer, 2),
        Code = answer => Part(answer, 1),
        Error = answer => Part(answer, 2),
        Gone = ["105"],
        Later = ["100"],
        Account = ["101", "102", "103", "104"],
    };

    // In the query, one by one, or posted as a list, which names some things otherwise.
    private static readonly VendorReports Reports = new(new("https://docs.gupshup.io/docs/real-time-delivery-reports"))
    {
        Id = row => row["externalId"],
        Event = row => row.First("eventType", "status"),
        Time = row => row.First("eventTs", "deliveredTS"),
        Response = row => row["cause"],
        Statuses = { ["SUCCESS"] = Delivered, ["DELIVERED"] = Delivered, ["FAILURE"] = Failed, ["FAILED"] = Failed },
    };

    public ProviderInfo Info { get; } = new(
        "gupshup", Channel.Sms, "Gupshup", new Uri("https://docs.gupshup.io/docs/send-single-message"),
        new Field("user", "User id"),
        new Field("password", "Password", IsSecret: true))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://enterprise.smsgupshup.com/GatewayAPI/rest").Form(
            ("method", "sendMessage"),
            ("v", "1.1"),
            ("format", "text"),
            ("auth_scheme", "plain"),
            ("userid", account.Text("user")),
            ("password", account.Text("password")),
            ("send_to", PhoneNumber.Bare(message.To)),
            ("msg", message.Text),
            ("msg_type", Gsm.Holds(message.Text) ? "text" : "Unicode_text"),
            ("principalEntityId", Custom(message, "principalEntityId")),
            ("dltTemplateId", Custom(message, "dltTemplateId"))),
        Reply,
        ct);

    private static string? Part(VendorAnswer answer, int index) => answer.Text.Split('|').ElementAtOrDefault(index)?.Trim();

    private static string? Custom(SmsMessage message, string name) => message.CustomData?[name]?.ToString();
}
