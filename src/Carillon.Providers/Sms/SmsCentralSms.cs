using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>SMS Central; it answers 0, or a number of three digits and words. It knows no ids; ours stands for one. https://www.smscentral.com.au/sms-api/</summary>
public sealed class SmsCentralSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer.Text.Trim() is "0" or "",
        Code = answer => answer.Text.Trim().Split(' ')[0],
        Error = answer => answer.Text,
        Account = ["511", "512", "513"],
    };

    public ProviderInfo Info { get; } = new(
        "sms-central", Channel.Sms, "SMS Central", new Uri("https://www.smscentral.com.au/sms-api/"),
        new Field("user", "Username"),
        new Field("password", "Password", IsSecret: true),
        new Field("baseUrl", "Base URL", IsRequired: false),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post(VendorRequest.Base(account.Text("baseUrl"), "https://my.smscentral.com.au/api/v3.2")).Form(
            ("ACTION", "send"),
            ("USERNAME", account.Text("user")),
            ("PASSWORD", account.Text("password")),
            ("ORIGINATOR", message.From),
            ("RECIPIENT", message.To),
            ("MESSAGE_TEXT", message.Text)),
        Reply with { Id = _ => message.Id },
        ct);
}
