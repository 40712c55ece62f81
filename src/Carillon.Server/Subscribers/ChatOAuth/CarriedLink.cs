using System.Buffers.Text;
using System.Text.Json;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>
/// A link inside a state, for providers that send everybody back to one address. Whoever changes it finds that the seal of the state
/// is for another link.
/// </summary>
internal static class CarriedLink
{
    private sealed record Part(string Environment, string Subscriber, string? Integration);

    public static string With(ChatLink link, string state) =>
        $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Part(link.EnvironmentId, link.SubscriberId, link.IntegrationIdentifier), Wire.Json))}.{state}";

    /// <summary>The link and the state itself; null for what was never one.</summary>
    public static (ChatLink Link, string State)? Read(string? carried, string providerId)
    {
        if (carried?.Split('.', 2) is not [var text, var state] || !Base64Url.IsValid(text)) return null;

        try
        {
            return JsonSerializer.Deserialize<Part>(Base64Url.DecodeFromChars(text), Wire.Json) is { Environment: { } environment, Subscriber: { } subscriber } part
                ? (ChatLink.Of(providerId, subscriber, environment, part.Integration), state)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
