using Carillon.Providers.Http;

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

    public ProviderInfo Info { get; } = new(
        "telnyx", Channel.Sms, "Telnyx", new Uri("https://developers.telnyx.com/api/messaging/send-message"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("messageProfileId", "Message profile ID"),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.telnyx.com/v2/messages")
            .Bearer(account.Text("apiKey"))
            .Json(new { to = message.To, text = message.Text, from = message.From, messaging_profile_id = account.Text("messageProfileId") }),
        Reply,
        ct);
}
