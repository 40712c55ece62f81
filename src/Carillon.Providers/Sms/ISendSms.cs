using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>iSend. https://send.com.ly/developers/docs</summary>
public sealed class ISendSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["status"] == "success",
        Id = answer => answer["data.uid"],
        Error = answer => answer["message"],
    };

    public ProviderInfo Info { get; } = new(
        "isend-sms", Channel.Sms, "iSend SMS", new Uri("https://send.com.ly/developers/docs"),
        new Field("apiToken", "API Token", IsSecret: true),
        new Field("from", "Default Sender ID", IsRequired: false),
        new Field("contentType", "Content Type", FieldKind.Dropdown, IsRequired: false) { Options = ["unicode", "plain"] });

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://send.com.ly/api/v3/sms/send")
            .Bearer(account.Text("apiToken"))
            .Header("Accept", "application/json")
            .Json(new
            {
                sender_id = message.From,
                recipient = PhoneNumber.Bare(message.To),
                type = account.Text("contentType") ?? "unicode",
                message = message.Text,
            }),
        Reply,
        ct);
}
