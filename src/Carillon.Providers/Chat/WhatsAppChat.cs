using Carillon.Providers.Http;

namespace Carillon.Providers.Chat;

/// <summary>
/// WhatsApp Business. A conversation begins with a template; text alone is for those who wrote within the last day.
/// https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
/// Its errors: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
/// </summary>
public sealed class WhatsAppChat(OutboundHttp http) : IChatProvider
{
    private static readonly Reply Reply = new()
    {
        Id = answer => answer["messages.0.id"],
        Code = answer => answer["error.code"],
        Error = answer => answer["error.message"],
        Gone = ["131026"],
        Later = ["4", "80007", "130429", "131048", "131056", "131000", "131016"],
        Account = ["0", "3", "10", "190", "131031", "131042"],
    };

    public bool WritesToPhones => true;

    public ProviderInfo Info { get; } = new(
        "whatsapp-business", Channel.Chat, "WhatsApp Business", new Uri("https://developers.facebook.com/docs/whatsapp/cloud-api"),
        new Field("apiToken", "Access API token", IsSecret: true),
        new Field("phoneNumberIdentification", "Phone Number Identification"));

    public Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct)
    {
        var template = message.CustomData?["template"];
        return http.SendAsync(
            Info,
            account,
            VendorRequest.Post($"https://graph.facebook.com/v18.0/{VendorRequest.Segment(account.Text("phoneNumberIdentification"))}/messages")
                .Bearer(account.Text("apiToken"))
                .Json(new
                {
                    messaging_product = "whatsapp",
                    recipient_type = "individual",
                    to = message.Address,
                    type = template is null ? "text" : "template",
                    template,
                    text = template is null ? new { body = message.Content, preview_url = false } : null,
                }),
            Reply,
            ct);
    }
}
