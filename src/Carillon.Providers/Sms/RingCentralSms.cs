using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>
/// RingCentral. The account's JWT buys an access token for an hour. https://developers.ringcentral.com/guide/messaging/sms/sending-sms
/// </summary>
public sealed class RingCentralSms(OutboundHttp http, TimeProvider clock) : ISmsProvider
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(55);

    private static readonly Reply Reply = new()
    {
        Id = answer => answer["id"],
        Date = answer => answer["creationTime"],
        Code = answer => answer["errorCode"],
        Error = answer => answer["message"],
        Gone = ["MSG-242"],
    };

    private static readonly Reply TokenReply = new()
    {
        Id = answer => answer["access_token"],
        Code = answer => answer["error"],
        Error = answer => answer["error_description"],
    };

    private readonly TokenCache _tokens = new(clock);

    private static readonly VendorReports Reports = new(new("https://developers.ringcentral.com/guide/notifications/webhooks/receiving"))
    {
        Id = row => row.First("body.id", "id"),
        Event = row => row.First("body.messageStatus", "messageStatus"),
        Time = row => row.First("body.lastModifiedTime", "lastModifiedTime", "timestamp"),
        Response = row => row.First("body.smsDeliveryErrorCode", "body.subject"),
        Statuses =
        {
            ["Received"] = Accepted, ["Queued"] = Queued, ["Sent"] = Sent, ["Delivered"] = Delivered, ["DeliveryFailed"] = Failed,
            ["SendingFailed"] = Failed,
        },
        Echoes = "Validation-Token",
    };

    public ProviderInfo Info { get; } = new(
        "ring-central", Channel.Sms, "RingCentral", new Uri("https://developers.ringcentral.com/guide/messaging/sms/sending-sms"),
        new Field("clientId", "Client ID"),
        new Field("secretKey", "Client secret", IsSecret: true),
        new Field("secure", "Is sandbox", FieldKind.Switch, IsRequired: false),
        new Field("token", "JWT token", IsSecret: true),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public async Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct)
    {
        var server = account.Flag("secure") ? "https://platform.devtest.ringcentral.com" : "https://platform.ringcentral.com";
        var key = TokenCache.KeyOf(server, account.Text("clientId"), account.Text("secretKey"), account.Text("token"));
        var (token, failure) = await SignInAsync(server, key, account, ct);
        if (failure is not null) return failure;

        var request = VendorRequest.Post($"{server}/restapi/v1.0/account/~/extension/~/sms").Bearer(token).Json(new
        {
            from = new { phoneNumber = message.From },
            to = new[] { new { phoneNumber = message.To } },
            text = message.Text,
        });
        var result = await http.SendAsync(Info, account, request, Reply, ct);
        if (result is SendResult.Refused { For: RefusedFor.Account }) _tokens.Forget(key);
        return result;
    }

    private async Task<(string? Token, SendResult? Failure)> SignInAsync(string server, string key, Account account, CancellationToken ct)
    {
        if (_tokens.Find(key) is { } known) return (known, null);

        var request = VendorRequest.Post($"{server}/restapi/oauth/token")
            .Basic(account.Text("clientId"), account.Text("secretKey"))
            .Form(("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", account.Text("token")));
        var (token, failure) = await http.FetchTokenAsync(Info, account, request, TokenReply, ct);
        return (token is null ? null : _tokens.Keep(key, token, Lifetime), failure);
    }
}
