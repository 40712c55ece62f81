using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>46elks; what it refuses it explains in plain text. https://46elks.com/docs/send-sms</summary>
public sealed class FortySixElksSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["id"],
        Date = answer => answer["created"],
        Error = answer => answer.Text,
    };

    private static readonly VendorReports Reports = new(new("https://46elks.com/docs/sms-delivery-reports"))
    {
        Id = row => row["id"],
        Event = row => row["status"],
        Time = row => row["delivered"],
        Statuses = { ["created"] = Created, ["sent"] = Sent, ["delivered"] = Delivered, ["failed"] = Failed },
    };

    public ProviderInfo Info { get; } = new(
        "forty-six-elks", Channel.Sms, "46elks", new Uri("https://46elks.com/docs/send-sms"),
        new Field("user", "Username"),
        new Field("password", "Password", IsSecret: true),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.46elks.com/a1/sms")
            .Basic(account.Text("user"), account.Text("password"))
            .Form(("from", message.From), ("to", message.To), ("message", message.Text)),
        Reply,
        ct);
}
