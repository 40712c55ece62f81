using System.Globalization;
using System.Text.Json;

namespace Carillon.Providers;

/// <summary>
/// The decrypted credentials of one integration. Clients write the same value as text, number or boolean, so every
/// getter reads all three. Never printed: its text is empty on purpose.
/// </summary>
public sealed class Account(IReadOnlyDictionary<string, JsonElement> credentials)
{
    public static Account Empty { get; } = new(new Dictionary<string, JsonElement>());

    public static Account Parse(string json) =>
        new(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json) ?? []);

    /// <summary>The trimmed text of a field; null when it is missing or blank.</summary>
    public string? Text(string key)
    {
        if (!credentials.TryGetValue(key, out var value))
            return null;

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "",
        };
        return text.Length == 0 ? null : text;
    }

    public bool Flag(string key) => bool.TryParse(Text(key), out var flag) && flag;

    public int? Number(string key) =>
        int.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>An object field, given as an object or as the text of one; null when it is missing or not an object.</summary>
    public JsonElement? Json(string key)
    {
        if (!credentials.TryGetValue(key, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return value;

        return Text(key) is { } text ? ParseObject(text) : null;
    }

    public override string ToString() => "";

    private static JsonElement? ParseObject(string text)
    {
        try
        {
            var parsed = JsonElement.Parse(text);
            return parsed.ValueKind == JsonValueKind.Object ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
