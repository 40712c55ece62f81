using System.Text.Json.Nodes;
using Carillon.Providers.Http;

namespace Carillon.Providers.Chat;

/// <summary>
/// Posting to the webhook that a subscriber's channel gave us. Who answers there may be anybody, so of what is said only a code is
/// ever repeated.
/// </summary>
internal static class ChatHook
{
    extension(OutboundHttp http)
    {
        public Task<SendResult> PostAsync(
            ProviderInfo provider, Account account, ChatMessage message, object body, Reply reply, CancellationToken ct) =>
            http.PostAsync(provider, account, VendorRequest.Post(message.Address), message, body, reply, ct);

        public async Task<SendResult> PostAsync(
            ProviderInfo provider, Account account, HttpRequestMessage request, ChatMessage message, object body, Reply reply, CancellationToken ct) =>
            request.RequestUri is null
                ? new SendResult.Refused("The channel's webhook URL is not an http or https URL")
                : await http.SendAsync(provider, account, request.Json(body, message.CustomData), reply, ct, hook: message.Address);
    }

    /// <summary>The text where it is a JSON object, as cards are written; null where it is words.</summary>
    public static JsonObject? Card(string content)
    {
        if (!content.TrimStart().StartsWith('{')) return null;

        try
        {
            return JsonNode.Parse(content) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
