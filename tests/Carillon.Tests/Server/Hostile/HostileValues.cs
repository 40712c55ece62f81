using System.Text.Json.Nodes;

namespace Carillon.Tests.Server.Hostile;

/// <summary>What nobody means to send, as JSON and as text of an address.</summary>
internal static class HostileValues
{
    // Stands for lists in lists, as many as the whole body may have.
    private const string AsDeepAsGoes = "<deep>";
    private const int Deepest = 48;

    private static readonly string Long = Random(9_000);

    /// <summary>As they are written in a body.</summary>
    public static readonly IReadOnlyList<string> Json =
    [
        "null", "true", "-1", "1e308", "12345678901234567890", "\"\"", "\" \"", "\"a\\u0000b\"", "\"\\uD800\"", "\"\\uDC00\\uD800\"",
        "\"' OR 1=1 --\"", "\"%_\\\\\"", "\"{{#each}}\"", $"\"{Long}\"", "{}", "[]", "[null]", "[[]]", "[{}]", "[\"\\u0000\"]", "{\"__proto__\":{\"$gt\":\"\"}}",
        "{\"\":\"\"}", "{\"a\":1,\"a\":{\"b\":1,\"b\":2}}", $"\"{string.Join('.', Enumerable.Repeat("a", 100))}\"", AsDeepAsGoes,
    ];

    /// <summary>In place of a whole body.</summary>
    public static readonly IReadOnlyList<string> Bodies =
    [
        "", "null", "1", "\"x\"", "[]", "{", "{\"a\":}", "\0", "\uFEFF{}", Nested(Deepest), Nested(Deepest + 1), Nested(1_000), NestedArrays(20_000), "{\"a\":1,\"a\":2}", "{\"\\uD800\":1}",
    ];

    /// <summary>In place of one part of a path. NUL in a path is refused before it gets as far as this server.</summary>
    public static readonly IReadOnlyList<string> Segments =
    [
        "000000000000000000000000", "ffffffffffffffffffffffff", "zz", "%ED%A0%80", "%FF", "%2F", "a%2Fb", "%20", ".", "%2E%2E", "'", "%25", "%F0%9F%94%94", "-1",
        Long[..3_000],
    ];

    /// <summary>In a query, behind the name.</summary>
    public static readonly IReadOnlyList<string> Parameters =
    [
        "", "=", "=%00", "=%ED%A0%80", "=%FF", "=-1", "=0.5", "=1e308", "=NaN", "=99999999999999999999", "=2147483647", "=1000000", "=true", "=[]", "=%F0%9F%94%94",
        "=ffffffffffffffffffffffff", "[]=x", "[$gt]=", "[0][a]=b", "[__proto__][x]=y", "=eyJhIjp7fX0%3D", $"={Long[..3_000]}",
    ];

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private static string NestedArrays(int depth) => new string('[', depth) + new string(']', depth);

    // Without repetition, so that no index makes it smaller than it is.
    private static string Random(int length)
    {
        var random = new Random(length);
        return string.Create(length, random, static (text, source) => source.GetItems("abcdefghijklmnopqrstuvwxyz0123456789", text));
    }

    /// <summary>The body with each part of it, however deep, replaced by each of the values.</summary>
    public static IEnumerable<string> Variants(string body)
    {
        var placed = JsonNode.Parse(body)!;
        foreach (var path in Paths(placed))
        {
            foreach (var value in Json)
                yield return Replace(body, path, value == AsDeepAsGoes ? NestedArrays(Deepest - Depth(path)) : value);
        }
    }

    private static int Depth(string path) => path.Count(letter => letter is '.' or '[');

    private static string Replace(string body, string path, string value)
    {
        const string Mark = "<here>";
        var copy = JsonNode.Parse(body)!;
        Find(copy, path)!.ReplaceWith(Mark);
        return copy.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace($"\"{Mark}\"", value, StringComparison.Ordinal);
    }

    private static JsonNode? Find(JsonNode root, string path) => Parts(root).First(part => part.GetPath() == path);

    private static IEnumerable<string> Paths(JsonNode root) => [.. Parts(root).Skip(1).Select(part => part.GetPath())];

    private static IEnumerable<JsonNode> Parts(JsonNode node) => node switch
    {
        JsonObject members => [node, .. members.Select(member => member.Value).OfType<JsonNode>().SelectMany(Parts)],
        JsonArray items => [node, .. items.OfType<JsonNode>().SelectMany(Parts)],
        _ => [node],
    };
}
