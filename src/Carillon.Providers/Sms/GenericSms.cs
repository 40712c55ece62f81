using Carillon.Providers.Http;

namespace Carillon.Providers.Sms;

/// <summary>Any gateway that takes JSON and keys in headers of a name to be chosen. Some want a token fetched first.</summary>
public sealed class GenericSms(OutboundHttp http) : ISmsProvider
{
    public ProviderInfo Info { get; } = new(
        "generic-sms", Channel.Sms, "Generic SMS", DocsUrl: null,
        new Field("baseUrl", "Base URL"),
        new Field("apiKeyRequestHeader", "API Key Request Header"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("secretKeyRequestHeader", "Secret Key Request Header", IsRequired: false),
        new Field("secretKey", "Secret Key", IsSecret: true, IsRequired: false),
        new Field("idPath", "Id Path") { Default = "data.id" },
        new Field("datePath", "Date Path", IsRequired: false) { Default = "data.date" },
        new Field("authenticateByToken", "Authenticate by token", FieldKind.Switch, IsRequired: false),
        new Field("domain", "Auth URL", IsRequired: false),
        new Field("authenticationTokenKey", "Authentication Token Key", IsRequired: false),
        new Field("from", "From"));

    public async Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct)
    {
        var request = WithKeys(VendorRequest.Post(account.Text("baseUrl") ?? ""), account).Json(new
        {
            to = message.To,
            from = message.From,
            content = message.Text,
            id = message.Id,
            customData = message.CustomData ?? [],
            sender = message.From,
        });
        if (account.Flag("authenticateByToken"))
        {
            var (token, failure) = await FetchTokenAsync(account, ct);
            if (failure is not null) return failure;

            request.Header(account.Text("authenticationTokenKey")!, token);
        }

        var reply = new Reply
        {
            Id = answer => answer[account.Text("idPath") ?? "data.id"],
            Date = answer => answer[account.Text("datePath") ?? "data.date"],
        };
        return await http.SendAsync(Info, account, request, reply, ct);
    }

    private async Task<(string? Token, SendResult? Failure)> FetchTokenAsync(Account account, CancellationToken ct)
    {
        if (account.Text("authenticationTokenKey") is not { } name)
            return (null, new SendResult.Refused("The integration has no Authentication Token Key (authenticationTokenKey)", RefusedFor.Account));

        var request = WithKeys(VendorRequest.Post(account.Text("domain") ?? ""), account).Json(new { });
        return await http.FetchTokenAsync(Info, account, request, new() { Id = answer => answer[$"data.{name}"] }, ct);
    }

    private static HttpRequestMessage WithKeys(HttpRequestMessage request, Account account)
    {
        foreach (var key in new[] { "apiKey", "secretKey" })
        {
            if (account.Text($"{key}RequestHeader") is { } header) request.Header(header, account.Text(key));
        }

        return request;
    }
}
