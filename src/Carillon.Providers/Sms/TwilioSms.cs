using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Sms;

/// <summary>Twilio. https://www.twilio.com/docs/messaging/api/message-resource</summary>
public sealed class TwilioSms(OutboundHttp http) : ISmsProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["sid"],
        Code = answer => answer["code"],
        Error = answer => answer["message"],
        Gone = ["21211", "21610", "21614"],
        Later = ["20429"],
        Account = ["20003", "20404"],
    };

    private static readonly VendorReports Reports = new(new("https://www.twilio.com/docs/messaging/guides/track-outbound-message-status"))
    {
        Id = row => row.First("MessageSid", "SmsSid"),
        Event = row => row.First("MessageStatus", "SmsStatus"),
        Response = row => row["ErrorCode"],
        Statuses =
        {
            ["accepted"] = Accepted, ["queued"] = Queued, ["sending"] = Sending, ["sent"] = Sent, ["delivered"] = Delivered,
            ["undelivered"] = Undelivered, ["failed"] = Failed, ["canceled"] = Dropped, ["read"] = Opened,
        },

        // https://www.twilio.com/docs/usage/security
        Signature = new KeyedSignature("token", (request, token, _) =>
            Signed.Base64(request.Header("X-Twilio-Signature"), Signed.HmacSha1(token, Signed.UrlAndFields(request)))),
    };

    public ProviderInfo Info { get; } = new(
        "twilio", Channel.Sms, "Twilio", new Uri("https://www.twilio.com/docs/messaging/api/message-resource"),
        new Field("accountSid", "Account SID"),
        new Field("token", "Auth token", IsSecret: true),
        new Field("from", "From"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(SmsMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"https://api.twilio.com/2010-04-01/Accounts/{VendorRequest.Segment(account.Text("accountSid"))}/Messages.json")
            .Basic(account.Text("accountSid"), account.Text("token"))
            .Form(("To", message.To), (IsService(message.From) ? "MessagingServiceSid" : "From", message.From), ("Body", message.Text)),
        Reply,
        ct);

    // A messaging service chooses the number itself.
    private static bool IsService(string? from) => from is { Length: 34 } && from.StartsWith("MG", StringComparison.Ordinal);
}
