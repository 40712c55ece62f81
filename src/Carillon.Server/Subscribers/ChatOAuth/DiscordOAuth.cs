using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Carillon.Providers.Http;
using Carillon.Server.Configuration;
using Carillon.Server.Http;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>
/// Discord's side of the flow. It sends people back to addresses only that were registered to the letter, so there is one for
/// everybody, and who came is in the state. https://discord.com/developers/docs/topics/oauth2#webhooks
/// </summary>
internal sealed class DiscordOAuth(DiscordOptions options, PublicAddress address, OutboundHttp http) : IChatOAuth
{
    public const string Id = "discord";

    public string ProviderId => Id;

    private string CallbackUrl => $"{address.Root}/v1/subscribers/credentials/{Id}/oauth/callback";

    public string AuthorizeUrl(ChatLink link, string clientId, string state) =>
        $"{options.AuthorizeUrl}{(options.AuthorizeUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?')}"
        + $"response_type=code&client_id={Uri.EscapeDataString(clientId)}&scope=webhook.incoming"
        + $"&redirect_uri={Uri.EscapeDataString(CallbackUrl)}&state={Uri.EscapeDataString(CarriedLink.With(link, state))}";

    public async Task<(Uri? Webhook, Problem? Problem)> ExchangeAsync(ChatLink link, ChatAccount account, string code, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.TokenUrl)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["redirect_uri"] = CallbackUrl,
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.ClientId}:{account.ClientSecret}")));
        return await http.TradeAsync(link, request, options.Timeout, Read, ct);
    }

    private static TokenAnswer Read(JsonElement answer) => new()
    {
        IsRefusal = TokenAnswer.Member(answer, "error") is not null,
        Error = TokenAnswer.Words(TokenAnswer.Member(answer, "error")) ?? "unknown",
        More = TokenAnswer.Words(TokenAnswer.Member(answer, "error_description")) is { } more ? $": {more}" : null,
        WebhookUrl = TokenAnswer.Text(TokenAnswer.Member(TokenAnswer.Member(answer, "webhook"), "url")),
    };
}
