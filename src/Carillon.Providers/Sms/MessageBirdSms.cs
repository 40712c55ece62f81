using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>MessageBird. https://developers.messagebird.com/api/sms-messaging/</summary>
public sealed class MessageBirdSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["id"],
        Code = answer => answer["errors.0.code"],
        Error = answer => answer["errors.0.description"],
        Account = ["2", "25"],
    };

    public ProviderInfo Info { get; } = new(
        "messagebird", Channel.Sms, "MessageBird", new Uri("https://developers.messagebird.com/api/sms-messaging/"),
        new Field("accessKey", "Access key", IsSecret: true),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://rest.messagebird.com/messages")
            .Authorization("AccessKey", account.Text("accessKey"))
            .Json(new
            {
                originator = message.From,
                recipients = new[] { message.To },
                body = message.Text,
                datacoding = "auto",
                reference = message.Id,
            }),
        Reply,
        ct);
}
