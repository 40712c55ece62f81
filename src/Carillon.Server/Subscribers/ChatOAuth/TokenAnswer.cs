using System.Text.Json;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>What a provider says to a code: a webhook, or what is wrong. Tokens and names in its answer are not even read.</summary>
internal sealed record TokenAnswer
{
    private const int LongestText = 200;

    public bool IsRefusal { get; init; }
    public string Error { get; init; } = "unknown";
    public string? More { get; init; }
    public string? WebhookUrl { get; init; }

    public static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value) ? value : null;

    public static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>What is shown to people, and never at length.</summary>
    public static string? Words(JsonElement? value) => Text(value) is { Length: > LongestText } text ? text[..LongestText] : Text(value);
}
