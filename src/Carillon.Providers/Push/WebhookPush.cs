using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Carillon.Providers.Http;

namespace Carillon.Providers.Push;

/// <summary>Hands the notification, signed, to an address of the customer's own that sends it on.</summary>
public sealed class WebhookPush(OutboundHttp http) : IPushProvider
{
    private static readonly Reply Reply = new() { Id = answer => answer["id"] };

    public ProviderInfo Info { get; } = new(
        "push-webhook", Channel.Push, "Push Webhook", DocsUrl: null,
        new Field("webhookUrl", "Webhook URL"),
        new Field("secretKey", "Secret Hmac Key", IsSecret: true));

    public Task<SendResult> SendAsync(PushMessage message, Account account, CancellationToken ct)
    {
        var body = JsonBody.Bytes(BodyOf(message));
        var request = VendorRequest.Post(account.Text("webhookUrl") ?? "").Header("X-Novu-Signature", Signature(account.Text("secretKey") ?? "", body));
        request.Content = JsonBody.Of(body);
        return http.SendAsync(Info, account, request, Reply, ct);
    }

    private static JsonNode BodyOf(PushMessage message)
    {
        var payload = message.Payload.DeepClone().AsObject();
        foreach (var (name, value) in message.Subject ?? [])
            payload[name] = value?.DeepClone();

        return JsonBody.Node(new
        {
            target = new[] { message.Target },
            title = message.Title,
            content = message.Content,
            overrides = message.Overrides,
            payload,
        });
    }

    private static string Signature(string secret, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
