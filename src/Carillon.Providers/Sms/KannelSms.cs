using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>A Kannel gateway of the operator's own. It knows no ids; ours stands for one. https://www.kannel.org/download/kannel-userguide-snapshot/userguide.html</summary>
public sealed class KannelSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer.Status == 202,
        Code = answer => answer.Text.Split(':')[0],
    };

    public ProviderInfo Info { get; } = new(
        "kannel", Channel.Sms, "Kannel SMS", new Uri("https://www.kannel.org/download/kannel-userguide-snapshot/userguide.html"),
        new Field("host", "Host"),
        new Field("port", "Port", FieldKind.Number),
        new Field("user", "Username", IsRequired: false),
        new Field("password", "Password", IsSecret: true, IsRequired: false),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Get(
            $"http://{account.Text("host")}:{account.Text("port")}/cgi-bin/sendsms",
            ("username", account.Text("user")),
            ("password", account.Text("password")),
            ("from", message.From),
            ("to", message.To),
            ("text", message.Text),
            ("charset", "UTF-8"),
            ("coding", Gsm.Holds(message.Text) ? null : "2")),
        Reply with { Id = _ => message.Id },
        ct);
}
