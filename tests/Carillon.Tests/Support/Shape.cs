using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Carillon.Tests.Support;

/// <summary>
/// Compares an answer with one that was recorded: the same members, of the same types, with the same values, except for what
/// is never the same twice, which are ids and instants.
/// </summary>
internal static partial class Shape
{
    public static void AssertSame(string recorded, JsonElement actual) =>
        Assert.Equal(Print(JsonNode.Parse(recorded)), Print(JsonNode.Parse(actual.GetRawText())));

    private static string Print(JsonNode? node) =>
        Normal(node)?.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) ?? "null";

    private static JsonNode? Normal(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Normal(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Normal)]),
        JsonValue value when value.TryGetValue<string>(out var text) => Text(text),
        _ => node?.DeepClone(),
    };

    private static string Text(string text)
    {
        if (Id().IsMatch(text)) return "<id>";
        return Instant().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) ? "<instant>" : Suffix().Replace(text, "-<random>");
    }

    [GeneratedRegex("^[0-9a-f]{24}$")]
    private static partial Regex Id();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex Instant();

    // What tells identifiers of one name apart.
    [GeneratedRegex("-(?=[a-z-]*[0-9A-Z_])[0-9A-Za-z_]{7,14}$")]
    private static partial Regex Suffix();
}
