using Carillon.Providers.Http;

namespace Carillon.Providers.Email;

/// <summary>Infobip. https://www.infobip.com/docs/api/channels/email/send-fully-featured-email</summary>
public sealed class InfobipEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly Reply Reply = new()
    {
        Took = answer => answer["messages.-1.status.groupId"] is not ("2" or "5"),
        Id = answer => answer["messages.-1.messageId"],
        Code = answer => answer["messages.-1.status.name"] ?? answer["requestError.serviceException.messageId"],
        Error = answer => answer["messages.-1.status.description"] ?? answer["requestError.serviceException.text"],
        Account = ["REJECTED_NOT_ENOUGH_CREDITS", "UNAUTHORIZED"],
    };

    public ProviderInfo Info { get; } = new(
        "infobip-email", Channel.Email, "Infobip", new Uri("https://www.infobip.com/docs/api/channels/email/send-fully-featured-email"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("baseUrl", "Base URL"),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"));

    public Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct) => http.SendAsync(
        Info,
        account,
        VendorRequest.Post($"{VendorRequest.Base(account.Text("baseUrl"))}/email/3/send")
            .Authorization("App", account.Text("apiKey"))
            .Multipart(FieldsOf(message, account), message.Attachments.Select(FileOf)),
        Reply,
        ct);

    private static IEnumerable<(string, string?)> FieldsOf(EmailMessage message, Account account) =>
    [
        ("from", message.Sender(account)),
        .. message.To.Select(address => ("to", (string?)address)),
        .. message.Cc.Select(address => ("cc", (string?)address)),
        .. message.Bcc.Select(address => ("bcc", (string?)address)),
        ("replyTo", message.ReplyTo),
        ("subject", message.Subject),
        ("html", message.Html),
        ("text", message.Text),
        ("messageId", message.Id),
    ];

    private static FormFile FileOf(EmailAttachment file) =>
        new(file.IsInline ? "inlineImage" : "attachment", file.ContentId ?? file.Name, file.Mime, file.Content);
}
