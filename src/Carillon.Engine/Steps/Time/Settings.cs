using System.Text.Json;

namespace Carillon.Engine.Steps.Time;

/// <summary>Reads the settings of a step, in which anything may be missing or of another kind than it should be.</summary>
internal static class Settings
{
    public static JsonElement? Object(JsonElement? owner, string name) => Member(owner, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    public static string? Text(JsonElement? owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    public static double? Number(JsonElement? owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    public static bool IsTrue(JsonElement? owner, string name) => Member(owner, name) is { ValueKind: JsonValueKind.True };

    public static IReadOnlyList<JsonElement> Items(JsonElement? owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    /// <summary>The value at a path of names with dots between them, in which a number may name an item of a list.</summary>
    public static JsonElement? At(JsonElement? owner, string path) =>
        path.Split('.').Aggregate(owner, (value, name) => value is { ValueKind: JsonValueKind.Array } list ? Item(list, name) : Member(value, name));

    private static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Item(JsonElement list, string name) =>
        int.TryParse(name, out var index) && index >= 0 && index < list.GetArrayLength() ? list[index] : null;
}
