using System.Security.Cryptography;
using System.Text.Json;
using Carillon.Providers.Http;
using Carillon.Providers.Reports;
using static Carillon.Providers.Reports.DeliveryStatus;

namespace Carillon.Providers.Email;

/// <summary>Mailtrap. https://docs.mailtrap.io/developers/email-sending</summary>
public sealed class MailtrapEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["message_ids.0"],
        Error = answer => answer["errors.0"] ?? answer["error"],
    };

    private static readonly VendorReports Reports = new(new("https://docs.mailtrap.io/email-api-smtp/advanced/webhooks"))
    {
        Rows = request => JsonBody.Find(request.Json, "events") is { ValueKind: JsonValueKind.Array } events ? events.EnumerateArray() : [],
        Id = row => row["message_id"],
        Event = row => row["event"],
        Time = row => row["timestamp"],
        Response = row => row.First("response", "reason"),
        Statuses =
        {
            ["delivery"] = Delivered, ["soft bounce"] = Deferred, ["bounce"] = Bounced, ["suspension"] = Dropped, ["reject"] = Rejected,
            ["open"] = Opened, ["click"] = Clicked, ["unsubscribe"] = Unsubscribed, ["spam"] = Spam,
        },
        Signature = KeyedSignature.OfItsOwn((request, key, _) =>
            Signed.Hex(request.Header("Mailtrap-Signature"), HMACSHA256.HashData(Signed.Bytes(key), request.Body.Span))),
    };

    public ProviderInfo Info { get; } = new(
        "mailtrap", Channel.Email, "Mailtrap", new Uri("https://docs.mailtrap.io/developers/email-sending"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"))
    {
        Reports = Reports,
    };

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://send.api.mailtrap.io/api/send").Bearer(account.Text("apiKey")).Json(new
        {
            from = new { email = message.From, name = message.NameOf(account) },
            to = message.To.Each(email => new { email }),
            cc = message.Cc.Each(email => new { email }),
            bcc = message.Bcc.Each(email => new { email }),
            reply_to = message.ReplyTo is { } email ? new { email } : null,
            subject = message.Subject,
            html = message.Html,
            text = message.Text,
            headers = message.HeadersOrNull,
            category = message.Origin?.WorkflowIdentifier,
            attachments = message.Attachments.Each(file => new
            {
                content = file.Base64,
                type = file.Mime,
                filename = file.Name,
                disposition = file.DispositionOf,
                content_id = file.ContentId,
            }),
        }),
        Reply,
        ct);
}
