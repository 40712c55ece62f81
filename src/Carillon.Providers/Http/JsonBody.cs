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
}
