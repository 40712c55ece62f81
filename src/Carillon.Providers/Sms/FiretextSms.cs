using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>FireText; it answers with a code, a count and words: <c>0:1 SMS successfully queued</c>. https://www.firetext.co.uk/docs</summary>
public sealed class FiretextSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => CodeOf(answer) == "0",
        Id = answer => answer.Header("X-Message"),
        Code = CodeOf,
        Error = answer => answer.Text,
        Gone = ["2"],
        Account = ["1", "6"],
    };

    public ProviderInfo Info { get; } = new(
        "firetext", Channel.Sms, "Firetext", new Uri("https://www.firetext.co.uk/docs"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://www.firetext.co.uk/api/sendsms").Form(
            ("apiKey", account.Text("apiKey")),
            ("to", PhoneNumber.Bare(message.To)),
            ("from", message.From),
            ("message", message.Text),
            ("unicode", Gsm.Holds(message.Text) ? null : "1")),
        Reply,
        ct);

    private static string CodeOf(VendorAnswer answer) => answer.Text.Split(':')[0];
}
