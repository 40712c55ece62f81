using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>BurstSMS. https://developer.transmitsms.com/</summary>
public sealed class BurstSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["message_id"],
        Code = answer => answer["error.code"],
        Error = answer => answer["error.description"],
        Gone = ["RECIPIENTS_ERROR"],
        Later = ["OVER_LIMIT"],
        Account = ["AUTH_FAILED", "AUTH_FAILED_NO_DATA", "LEDGER_ERROR", "NO_ACCESS"],
    };

    public ProviderInfo Info { get; } = new(
        "burst-sms", Channel.Sms, "BurstSMS", new Uri("https://developer.transmitsms.com/"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("secretKey", "API Secret", IsSecret: true));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.transmitsms.com/send-sms.json")
            .Basic(account.Text("apiKey"), account.Text("secretKey"))
            .Form(("message", message.Text), ("to", PhoneNumber.Bare(message.To)), ("from", message.From)),
        Reply,
        ct);
}
