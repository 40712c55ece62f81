using System.Text.Json;
using Carillon.Providers.Http;
using Carillon.Server.Configuration;
using Carillon.Server.Http;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>Slack's side of the flow. https://docs.slack.dev/authentication/installing-with-oauth</summary>
internal sealed class SlackOAuth(SlackOptions options, PublicAddress address, OutboundHttp http) : IChatOAuth
{
    private const int MostMessages = 5;

    public string ProviderId => "slack";

    public string AuthorizeUrl(ChatLink link, string clientId, string state) =>
        $"{options.AuthorizeUrl}{(options.AuthorizeUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?')}"
        + $"client_id={Uri.EscapeDataString(clientId)}&scope=incoming-webhook&user_scope="
        + $"&redirect_uri={Uri.EscapeDataString(CallbackUrl(link))}&state={Uri.EscapeDataString(state)}";

    public async Task<(Uri? Webhook, Problem? Problem)> ExchangeAsync(ChatLink link, ChatAccount account, string code, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenUrl)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["redirect_uri"] = CallbackUrl(link),
                ["code"] = code,
                ["client_id"] = account.ClientId!,
                ["client_secret"] = account.ClientSecret,
            }),
        };
        return await http.TradeAsync(link, request, options.Timeout, Read, ct);
    }

    private static TokenAnswer Read(JsonElement answer)
    {
        string[] messages = TokenAnswer.Member(TokenAnswer.Member(answer, "response_metadata"), "messages") is { ValueKind: JsonValueKind.Array } given
            ? [.. given.EnumerateArray().Select(message => TokenAnswer.Words(message)).OfType<string>().Take(MostMessages)]
            : [];
        return new()
        {
            IsRefusal = TokenAnswer.Member(answer, "ok") is { ValueKind: JsonValueKind.False },
            Error = TokenAnswer.Words(TokenAnswer.Member(answer, "error")) ?? "unknown",
            More = messages.Length == 0 ? null : $", metadata:{string.Join(", ", messages)}",
            WebhookUrl = TokenAnswer.Text(TokenAnswer.Member(TokenAnswer.Member(answer, "incoming_webhook"), "url")),
        };
    }

    // The same at both ends of the flow: Slack compares them.
    private string CallbackUrl(ChatLink link)
    {
        var which = link.IntegrationIdentifier is { } identifier ? $"&integrationIdentifier={Uri.EscapeDataString(identifier)}" : "";
        return $"{address.Root}/v1/subscribers/{Uri.EscapeDataString(link.SubscriberId)}/credentials/{link.ProviderId}/oauth/callback"
            + $"?environmentId={link.EnvironmentId}{which}";
    }
}
