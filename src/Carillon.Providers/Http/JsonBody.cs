using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Carillon.Providers.Http;

/// <summary>JSON as peers written in JavaScript produce it: signs like + and letters beyond ASCII stand for themselves.</summary>
internal static class JsonBody
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(JsonNode body) => JsonSerializer.SerializeToUtf8Bytes(body, Plain);

    public static ByteArrayContent Of(JsonNode body) => Of(Bytes(body));

    public static ByteArrayContent Of(byte[] body) => new(body) { Headers = { ContentType = new("application/json") } };
}
