using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>SimpleTexting. https://simpletexting.com/api/docs/v2/</summary>
public sealed class SimpleTextingSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["id"],
        Code = answer => answer["code"],
        Error = answer => answer["message"] ?? answer["details"],
    };

    public ProviderInfo Info { get; } = new(
        "simpletexting", Channel.Sms, "SimpleTexting", new Uri("https://simpletexting.com/api/docs/v2/"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api-app2.simpletexting.com/v2/api/messages")
            .Bearer(account.Text("apiKey"))
            .Json(new { contactPhone = message.To, accountPhone = message.From, mode = "SINGLE_SMS_STRICTLY", text = message.Text }),
        Reply,
        ct);
}
