using System.Text.Json;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>What matters of Slack's answer to a code. Tokens and names in it are not even read.</summary>
internal sealed class SlackAnswer
{
    private const int LongestText = 200;

    public bool IsRefusal { get; private init; }
    public string Error { get; private init; } = "unknown";
    public IReadOnlyList<string> Messages { get; private init; } = [];
    public string? WebhookUrl { get; private init; }

    public static SlackAnswer? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SlackAnswer Of(JsonElement answer) => new()
    {
        IsRefusal = Member(answer, "ok") is { ValueKind: JsonValueKind.False },
        Error = Text(Member(answer, "error")) is { } error ? Short(error) : "unknown",
        Messages = Member(Member(answer, "response_metadata"), "messages") is { ValueKind: JsonValueKind.Array } messages
            ? [.. messages.EnumerateArray().Select(message => Text(message)).OfType<string>().Take(5).Select(Short)]
            : [],
        WebhookUrl = Text(Member(Member(answer, "incoming_webhook"), "url")),
    };

    private static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string Short(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
