using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>Termii. https://developers.termii.com/messaging-api</summary>
public sealed class TermiiSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["message_id"] is not null,
        Id = answer => answer["message_id"],
        Code = answer => answer["code"],
        Error = answer => answer["message"],
    };

    public ProviderInfo Info { get; } = new(
        "termii", Channel.Sms, "Termii", new Uri("https://developers.termii.com/messaging-api"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.ng.termii.com/api/sms/send").Json(new
        {
            api_key = account.Text("apiKey"),
            to = PhoneNumber.Bare(message.To),
            from = message.From,
            sms = message.Text,
            type = Gsm.Holds(message.Text) ? "plain" : "unicode",
            channel = "generic",
        }),
        Reply,
        ct);
}
