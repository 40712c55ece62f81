using System.Net;
using System.Text.Json;
using Carillon.Providers.Http;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>The call that trades a code, the same at every provider but for its words.</summary>
internal static class TokenCall
{
    private const int MostBytes = 64 * 1024;

    extension(OutboundHttp http)
    {
        public async Task<(Uri? Webhook, Problem? Problem)> TradeAsync(
            ChatLink link, HttpRequestMessage request, TimeSpan timeout, Func<JsonElement, TokenAnswer> read, CancellationToken ct) =>
            await http.SendAsync(request, new(timeout, MostBytes), ct) switch
            {
                OutboundResult.Answer { Status: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests } => (null, NotNow(link)),
                OutboundResult.Answer answer => Read(link, Parse(answer.Body) is { } json ? read(json) : new()),
                OutboundResult.Unavailable => (null, NotNow(link)),
                _ => (null, NoWebhook(link)),
            };
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonElement.Parse(body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (Uri?, Problem?) Read(ChatLink link, TokenAnswer answer)
    {
        if (answer.IsRefusal) return (null, Problem.BadRequest($"Provider {link.ProviderId} returned error {answer.Error}{answer.More}"));

        return OutboundUrl.Parse(answer.WebhookUrl) is { } webhook ? (webhook, null) : (null, NoWebhook(link));
    }

    private static Problem NotNow(ChatLink link) => Problem.Unavailable($"Provider {link.ProviderId} cannot be reached, please try again", 5);

    private static Problem NoWebhook(ChatLink link) => Problem.BadRequest($"Provider {link.ProviderId} did not return a webhook url");
}
