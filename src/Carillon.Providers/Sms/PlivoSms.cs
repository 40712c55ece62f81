using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>Plivo. https://www.plivo.com/docs/messaging/api/message/send-a-message/</summary>
public sealed class PlivoSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["message_uuid.0"],
        Error = answer => answer["error"],
    };

    public ProviderInfo Info { get; } = new(
        "plivo", Channel.Sms, "Plivo", new Uri("https://www.plivo.com/docs/messaging/api/message/send-a-message/"),
        new Field("accountSid", "Account SID"),
        new Field("token", "Auth token", IsSecret: true),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"https://api.plivo.com/v1/Account/{VendorRequest.Segment(account.Text("accountSid"))}/Message/")
            .Basic(account.Text("accountSid"), account.Text("token"))
            .Json(new { src = message.From, dst = message.To, text = message.Text }),
        Reply,
        ct);
}
