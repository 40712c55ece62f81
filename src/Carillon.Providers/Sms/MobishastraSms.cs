using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>Mobishastra; it takes a list and answers with one, whatever happened. https://telkosh.com/mobishastra/</summary>
public sealed class MobishastraSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => IdIn(answer) is not null,
        Id = IdIn,
        Error = answer => answer["0.str_response"],
    };

    public ProviderInfo Info { get; } = new(
        "mobishastra", Channel.Sms, "Mobishastra", new Uri("https://telkosh.com/mobishastra/"),
        new Field("baseUrl", "Base URL"),
        new Field("user", "Username"),
        new Field("password", "Password", IsSecret: true),
        new Field("from", "From"));

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post(VendorRequest.Base(account.Text("baseUrl"))).Json(new[]
        {
            new
            {
                user = account.Text("user"),
                pwd = account.Text("password"),
                Sender = message.From,
                number = message.To,
                msg = message.Text,
            },
        }),
        Reply,
        ct);

    private static string? IdIn(VendorAnswer answer) => answer["0.msg_id"]?.Trim() is { Length: > 0 } id ? id : null;
}
