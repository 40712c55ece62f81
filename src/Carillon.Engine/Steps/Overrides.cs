using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data.Mapping;

namespace Carillon.Engine.Steps;

/// <summary>What the caller overrides for one channel: the provider's own section first, then the channel's.</summary>
internal sealed class Overrides(JsonElement? overrides, string channel, string? providerId = null)
{
    private readonly JsonElement?[] _sections = [Section(overrides, providerId), Section(overrides, channel)];

    public string? Text(string name) => Value(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public IReadOnlyList<string> Texts(string name) => Value(name) switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
        _ => [],
    };

    public JsonElement? Object(string name) => Value(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>The provider's section as it is, for what only the provider understands.</summary>
    public JsonElement? OfProvider => _sections[0];

    /// <summary>Both sections as one object, the provider's members winning; null where there is neither.</summary>
    public static JsonObject? Merged(JsonElement? overrides, string channel, string providerId)
    {
        JsonObject? merged = null;
        foreach (var section in new[] { Section(overrides, channel), Section(overrides, providerId) }.OfType<JsonElement>())
        {
            merged ??= [];
            foreach (var member in section.EnumerateObject())
                merged[member.Name] = JsonSerializer.SerializeToNode(member.Value, JsonColumn.Options);
        }

        return merged;
    }

    private JsonElement? Value(string name)
    {
        foreach (var section in _sections)
        {
            if (section is { } given && given.TryGetProperty(name, out var value)) return value;
        }

        return null;
    }

    private static JsonElement? Section(JsonElement? overrides, string? name) =>
        name is not null && overrides is { ValueKind: JsonValueKind.Object } given
        && given.TryGetProperty(name, out var section) && section.ValueKind == JsonValueKind.Object
            ? section
            : null;
}
