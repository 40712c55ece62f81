using System.Net;
using System.Text.Json;
using Carillon.Providers.Http;
using Carillon.Server.Configuration;
using Carillon.Server.Http;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>Slack's side of the flow. https://docs.slack.dev/authentication/installing-with-oauth</summary>
internal sealed class SlackOAuth(SlackOptions options, PublicAddress address, OutboundHttp http)
{
    private const int MostBytes = 64 * 1024;

    public string AuthorizeUrl(ChatLink link, string clientId, string state) =>
        $"{options.AuthorizeUrl}{(options.AuthorizeUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?')}"
        + $"client_id={Uri.EscapeDataString(clientId)}&scope=incoming-webhook&user_scope="
        + $"&redirect_uri={Uri.EscapeDataString(CallbackUrl(link))}&state={Uri.EscapeDataString(state)}";

    /// <summary>Trades the code for the address that posts to the channel which the person chose.</summary>
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
        return await http.SendAsync(request, new(options.Timeout, MostBytes), ct) switch
        {
            OutboundResult.Answer { Status: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests } => (null, NotNow(link)),
            OutboundResult.Answer answer => Read(link, SlackAnswer.Parse(answer.Body)),
            OutboundResult.Unavailable => (null, NotNow(link)),
            _ => (null, NoWebhook(link)),
        };
    }

    private static (Uri?, Problem?) Read(ChatLink link, SlackAnswer? answer)
    {
        if (answer is { IsRefusal: true })
        {
            var more = answer.Messages.Count == 0 ? "" : $", metadata:{string.Join(", ", answer.Messages)}";
            return (null, Problem.BadRequest($"Provider {link.ProviderId} returned error {answer.Error}{more}"));
        }

        return OutboundUrl.Parse(answer?.WebhookUrl) is { } webhook ? (webhook, null) : (null, NoWebhook(link));
    }

    // The same at both ends of the flow: Slack compares them.
    private string CallbackUrl(ChatLink link)
    {
        var which = link.IntegrationIdentifier is { } identifier ? $"&integrationIdentifier={Uri.EscapeDataString(identifier)}" : "";
        return $"{address.Root}/v1/subscribers/{Uri.EscapeDataString(link.SubscriberId)}/credentials/{link.ProviderId}/oauth/callback"
            + $"?environmentId={link.EnvironmentId}{which}";
    }

    private static Problem NotNow(ChatLink link) => Problem.Unavailable($"Provider {link.ProviderId} cannot be reached, please try again", 5);

    private static Problem NoWebhook(ChatLink link) => Problem.BadRequest($"Provider {link.ProviderId} did not return a webhook url");
}
