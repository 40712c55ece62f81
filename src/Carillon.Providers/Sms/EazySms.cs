using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>Eazy. https://developers.eazy.im/</summary>
public sealed class EazySms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["id"],
        Code = answer => answer["code"],
        Error = answer => answer["message"] ?? answer["error"],
    };

    public ProviderInfo Info { get; } = new(
        "eazy-sms", Channel.Sms, "Eazy", new Uri("https://developers.eazy.im/"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("channelId", "SMS Channel Id"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"https://api.eazy.im/v3/channels/{VendorRequest.Segment(account.Text("channelId"))}/messages/{VendorRequest.Segment(message.To)}@sms.eazy.im")
            .Bearer(account.Text("apiKey"))
            .Json(new { message = new { type = "text", text = message.Text } }),
        Reply,
        ct);
}
