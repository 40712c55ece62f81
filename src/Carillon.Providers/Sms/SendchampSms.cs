using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>Sendchamp. https://sendchamp.readme.io/reference/send-sms-api</summary>
public sealed class SendchampSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["data.business_id"] ?? answer["data.id"],
        Date = answer => answer["data.created_at"],
        Error = answer => answer["message"],
    };

    public ProviderInfo Info { get; } = new(
        "sendchamp", Channel.Sms, "Sendchamp", new Uri("https://sendchamp.readme.io/reference/send-sms-api"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.sendchamp.com/v1/sms/send")
            .Bearer(account.Text("apiKey"))
            .Json(new { to = PhoneNumber.Bare(message.To), message = message.Text, sender_name = message.From, route = "international" }),
        Reply,
        ct);
}
