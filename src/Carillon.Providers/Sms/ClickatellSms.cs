using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>Clickatell. https://docs.clickatell.com/channels/sms-channels/sms-api-reference/</summary>
public sealed class ClickatellSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["messages.0.accepted"] != "false",
        Id = answer => answer["messages.0.apiMessageId"],
        Code = answer => answer["messages.0.errorCode"] ?? answer["errorCode"],
        Error = answer => answer["messages.0.error"] ?? answer["error"],
        Gone = ["105"],
        Account = ["301", "608"],
    };

    public ProviderInfo Info { get; } = new(
        "clickatell", Channel.Sms, "clickatell", new Uri("https://docs.clickatell.com/channels/sms-channels/sms-api-reference/"),
        new Field("apiKey", "API Key", IsSecret: true));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://platform.clickatell.com/messages")
            .Header("Authorization", account.Text("apiKey"))
            .Json(new { to = new[] { PhoneNumber.Bare(message.To) }, content = message.Text, from = message.From, clientMessageId = message.Id }),
        Reply,
        ct);
}
