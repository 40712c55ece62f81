using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>Maqsam. https://portal.maqsam.com/docs/v2/sms</summary>
public sealed class MaqsamSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["message.identifier"],
        Error = answer => answer["message"] ?? answer["error"],
    };

    public ProviderInfo Info { get; } = new(
        "maqsam", Channel.Sms, "Maqsam", new Uri("https://portal.maqsam.com/docs/v2/sms"),
        new Field("apiKey", "Access Key ID", IsSecret: true),
        new Field("secretKey", "Access Secret", IsSecret: true),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.maqsam.com/v2/sms")
            .Basic(account.Text("apiKey"), account.Text("secretKey"))
            .Json(new { to = message.To, message = message.Text, sender = message.From }),
        Reply,
        ct);
}
