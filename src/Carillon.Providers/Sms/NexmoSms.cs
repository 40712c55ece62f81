using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>Vonage, formerly Nexmo. https://developer.vonage.com/en/api/sms</summary>
public sealed class NexmoSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["messages.0.status"] == "0",
        Id = answer => answer["messages.0.message-id"],
        Code = answer => answer["messages.0.status"],
        Error = answer => answer["messages.0.error-text"],
        Gone = ["7"],
        Later = ["1", "5", "10"],
        Account = ["4", "8", "9", "14"],
    };

    public ProviderInfo Info { get; } = new(
        "nexmo", Channel.Sms, "Nexmo", new Uri("https://developer.vonage.com/en/api/sms"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("secretKey", "API secret", IsSecret: true),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://rest.nexmo.com/sms/json").Form(
            ("api_key", account.Text("apiKey")),
            ("api_secret", account.Text("secretKey")),
            ("from", message.From),
            ("to", PhoneNumber.Bare(message.To)),
            ("text", message.Text),
            ("type", Gsm.Holds(message.Text) ? null : "unicode"),
            ("client-ref", message.Id)),
        Reply,
        ct);
}
