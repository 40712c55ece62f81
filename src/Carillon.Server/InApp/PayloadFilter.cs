using System.Text;
using System.Text.Json;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.InApp;

/// <summary>Asks of a payload that it has certain values in certain places: a JSON object, sent as base64.</summary>
internal sealed class PayloadFilter(JsonElement wanted)
{
    private const int MaxDepth = 32;

    public static Problem? ProblemWith(string? text) => text is null || Parse(text) is not null
        ? null
        : Problem.BadRequest("Invalid payload, the JSON object should be encoded to base64 string.");

    /// <summary>Null when it is not what it should be.</summary>
    public static PayloadFilter? Parse(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(Standard(text), bytes, out var length)) return null;

        try
        {
            var json = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 0, length), new() { MaxDepth = MaxDepth }).RootElement;
            return json.ValueKind == JsonValueKind.Object ? new(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool Matches(JsonElement payload) => Matches(wanted, payload);

    // Objects are looked into, everything else must be equal; null is also what is not there.
    private static bool Matches(JsonElement wanted, JsonElement? given)
    {
        if (wanted.ValueKind == JsonValueKind.Object)
            return wanted.EnumerateObject().All(member => Matches(member.Value, Member(given, member.Name)));

        return given is { } value ? JsonElement.DeepEquals(wanted, value) : wanted.ValueKind == JsonValueKind.Null;
    }

    private static JsonElement? Member(JsonElement? given, string name) =>
        given is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var value) ? value : null;

    // A plus in a query arrives as a space; and some encode for addresses, without padding.
    private static string Standard(string text)
    {
        var standard = text.Replace(' ', '+').Replace('-', '+').Replace('_', '/').TrimEnd('=');
        return standard.PadRight((standard.Length + 3) / 4 * 4, '=');
    }
}
