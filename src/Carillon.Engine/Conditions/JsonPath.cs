using System.Globalization;
using System.Text.Json;

namespace Carillon.Engine.Conditions;

/// <summary>Finds <c>a.b[0].c</c> or <c>a.b.0.c</c> in data. A member that has the whole path as its name wins.</summary>
internal static class JsonPath
{
    /// <summary>Null where there is nothing, which is not the same as a null that is there.</summary>
    public static JsonElement? Find(JsonElement? data, string path)
    {
        if (data is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(path, out var whole)) return whole;

        foreach (var name in path.Replace('[', '.').Replace("]", "", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
            data = Member(data, name);
        return data;
    }

    private static JsonElement? Member(JsonElement? owner, string name) => owner switch
    {
        { ValueKind: JsonValueKind.Object } members when members.TryGetProperty(name, out var value) => value,
        { ValueKind: JsonValueKind.Array } items when name == "length" => JsonSerializer.SerializeToElement(items.GetArrayLength()),
        { ValueKind: JsonValueKind.Array } items
            when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.GetArrayLength() => items[index],
        _ => null,
    };
}
