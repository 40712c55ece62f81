using System.Security.Cryptography;
using System.Text;
using Carillon.Providers.Http;

namespace Carillon.Providers.Email.Webhook;

/// <summary>Hands the mail, signed, to an address of the customer's own that sends it on.</summary>
public sealed class WebhookEmail(OutboundHttp http) : IEmailProvider
{
    public ProviderInfo Info { get; } = new(
        "email-webhook", Channel.Email, "Email Webhook", DocsUrl: null,
        new Field("webhookUrl", "Webhook URL"),
        new Field("secretKey", "Secret Hmac Key", IsSecret: true),
        new Field("from", "From email address"),
        new Field("senderName", "Sender name"));

    public async Task<SendResult> SendAsync(EmailMessage message, Account account, CancellationToken ct)
    {
        if (OutboundUrl.Parse(account.Text("webhookUrl")) is not { } url)
            return new SendResult.Refused("The webhook URL of the integration is not an http or https URL");
        if (account.Text("secretKey") is not { } secret)
            return new SendResult.Refused("The integration has no secret key to sign with");

        var body = JsonBody.Bytes(WebhookMail.Of(message));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonBody.Of(body) };
        request.Headers.Add("X-Novu-Signature", Signature(secret, body));
        var result = await http.SendAsync(request, OutboundLimits.Delivery, ct);

        return Delivery.FailureOf(result, url.IdnHost) ?? new SendResult.Sent(message.Id);
    }

    private static string Signature(string secret, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
