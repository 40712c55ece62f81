using Carillon.Providers.Http;

namespace Carillon.Providers.Email;

/// <summary>
/// Braze, which sends to its own users: whose address it is, is asked first.
/// https://www.braze.com/docs/api/endpoints/export/user_data/post_users_identifier/
/// https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_send_messages/
/// </summary>
public sealed class BrazeEmail(OutboundHttp http) : IEmailProvider
{
    private static readonly string[] Wanted = ["external_id"];

    private static readonly Reply Reply = new()
    {
        Id = answer => answer["dispatch_id"],
        Error = answer => answer["message"],
    };

    private static readonly Reply UserReply = new() { Id = answer => answer["users.0.external_id"], Error = answer => answer["message"] };

    public ProviderInfo Info { get; } = new(
        "braze", Channel.Email, "Braze", new Uri("https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_send_messages/"),
        new Field("apiKey", "API Key", IsSecret: true),
        new Field("apiURL", "Base URL"),
        new Field("appID", "App ID"),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"));

    public async Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct)
    {
        var users = new List<string>();
        foreach (var address in message.To.Concat(message.Cc))
        {
            var request = Post(account, "users/export/ids", new { email_address = address, fields_to_export = Wanted });
            switch (await http.SendAsync(Info, account, request, UserReply, ct))
            {
                case SendResult.Sent { ProviderMessageId: { } id }:
                    users.Add(id);
                    break;
                case SendResult.Sent:
                    return new SendResult.Refused("Braze knows no user with the recipient's address");
                case SendResult.Unavailable unavailable:
                    return unavailable with { MayHaveArrived = false };
                case var refused:
                    return refused;
            }
        }

        return await http.SendAsync(Info, account, Post(account, "messages/send", BodyOf(message, account, users)), Reply, ct);
    }

    private static HttpRequestMessage Post(Account account, string path, object body) =>
        VendorRequest.Post($"{VendorRequest.Base(account.Text("apiURL"))}/{path}").Bearer(account.Text("apiKey")).Json(body);

    private static object BodyOf(EmailMessage message, Account account, List<string> users) => new
    {
        broadcast = false,
        external_user_ids = users,
        messages = new
        {
            email = new
            {
                app_id = account.Text("appID"),
                from = message.Sender(account),
                reply_to = message.ReplyTo,
                bcc = message.Bcc.Count == 0 ? null : string.Join(',', message.Bcc),
                subject = message.Subject,
                body = message.Html ?? message.Text,
                plaintext_body = message.Text,
                headers = message.HeadersOrNull,
                attachments = message.Attachments.Each(file => new { file_name = file.Name, url = $"data:{file.Mime};base64,{file.Base64}" }),
            },
        },
    };
}
