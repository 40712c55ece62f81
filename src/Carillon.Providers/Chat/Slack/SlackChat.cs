using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Carillon.Providers.Http;

namespace Carillon.Providers.Chat.Slack;

/// <summary>Slack incoming webhooks. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks</summary>
public sealed partial class SlackChat(OutboundHttp http) : IChatProvider
{
    public ProviderInfo Info { get; } = new(
        "slack", Channel.Chat, "Slack", new Uri("https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks"),
        new Field("applicationId", "Application Id"),
        new Field("clientId", "Client ID"),
        new Field("secretKey", "Client Secret", IsSecret: true),
        new Field("redirectUrl", "Redirect URL", IsRequired: false),
        new Field("hmac", "HMAC", FieldKind.Switch, IsRequired: false));

    public async Task<SendResult> SendAsync(ChatMessage message, Account account, CancellationToken ct)
    {
        if (OutboundUrl.Parse(message.Address) is not { } url)
            return new SendResult.Refused("The channel's webhook URL is not an http or https URL");

        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonBody.Of(Body(message)) };
        var result = await http.SendAsync(request, OutboundLimits.Delivery, ct);

        return Delivery.FailureOf(result, url.IdnHost, ErrorWord(result))
            ?? new SendResult.Sent(((OutboundResult.Answer)result).Header("x-slack-req-id"));
    }

    private static JsonObject Body(ChatMessage message)
    {
        var body = new JsonObject { ["text"] = message.Content };
        foreach (var (name, value) in message.CustomData ?? [])
            body[name] = value?.DeepClone();

        return body;
    }

    // Slack explains a failure in one word of plain text, such as invalid_payload or channel_is_archived. Anything else
    // comes from somewhere between and is not repeated.
    private static string? ErrorWord(OutboundResult result) =>
        result is OutboundResult.Answer { Body.Length: <= 64 } answer && Word().IsMatch(answer.Text) ? answer.Text.Trim() : null;

    [GeneratedRegex(@"^[a-z_]+\s*$")]
    private static partial Regex Word();
}
