using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Carillon.Providers.Http;

/// <summary>JSON as peers written in JavaScript produce it: signs like + and letters beyond ASCII stand for themselves.</summary>
internal static class JsonBody
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static byte[] Bytes(JsonNode body) => JsonSerializer.SerializeToUtf8Bytes(body, Plain);

    public static ByteArrayContent Of(JsonNode body) => Of(Bytes(body));

    public static ByteArrayContent Of(byte[] body) => new(body) { Headers = { ContentType = new("application/json") } };

    /// <summary>An object as it goes out; members without a value are left out, those of <paramref name="custom"/> win.</summary>
    public static JsonNode Node(object body, JsonObject? custom = null)
    {
        var node = JsonSerializer.SerializeToNode(body, Plain)!;
        foreach (var (name, value) in custom ?? [])
            node[name] = value?.DeepClone();

        return node;
    }

    /// <summary>The JSON in a text; null where it is none.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            return JsonElement.Parse(text.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is at a path such as <c>messages.0.id</c>; <c>-1</c> is the last of a list.</summary>
    public static JsonElement? Find(JsonElement? root, string path)
    {
        var at = root;
        foreach (var name in path.Length == 0 ? [] : path.Split('.'))
        {
            at = at is not { } here ? null : Member(here, name);
        }

        return at;
    }

    /// <summary>A text, number or truth as text.</summary>
    public static string? Text(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other => other.GetRawText().ToLowerInvariant(),
        _ => null,
    };

    private static JsonElement? Member(JsonElement parent, string name) => parent.ValueKind switch
    {
        JsonValueKind.Object => parent.TryGetProperty(name, out var member) ? member : null,
        JsonValueKind.Array when int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) =>
            ElementOf(parent, index < 0 ? parent.GetArrayLength() + index : index),
        _ => null,
    };

    private static JsonElement? ElementOf(JsonElement list, int index) =>
        index >= 0 && index < list.GetArrayLength() ? list[index] : null;
}
