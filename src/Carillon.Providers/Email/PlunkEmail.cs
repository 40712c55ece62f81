using Carillon.Providers.Http;

namespace Carillon.Providers.Email;

/// <summary>Plunk. It has no carbon copies and no plain text. https://docs.useplunk.com/api-reference/transactional/send</summary>
public sealed class PlunkEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["success"] == "true",
        Id = answer => answer["emails.0.contact.id"],
        Date = answer => answer["timestamp"],
        Code = answer => answer["code"],
        Error = answer => answer["message"],
    };

    public ProviderInfo Info { get; } = new(
        "plunk", Channel.Email, "Plunk", new Uri("https://docs.useplunk.com/api-reference/transactional/send"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"));

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post("https://api.useplunk.com/v1/send").Bearer(account.Text("apiKey")).Json(new
        {
            to = message.To,
            subject = message.Subject,
            body = message.Html ?? message.Text,
            from = message.From,
            name = message.NameOf(account),
            reply = message.ReplyTo,
            headers = message.HeadersOrNull,
            attachments = message.Attachments.Each(file => new { filename = file.Name, content = file.Base64, contentType = file.Mime }),
        }),
        Reply,
        ct);
}
