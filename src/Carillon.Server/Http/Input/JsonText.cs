using System.Buffers;
using System.Text.Json;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Http.Input;

/// <summary>JSON as clients write it, made safe to keep: text that columns take, no name twice, and not too deep.</summary>
internal static class JsonText
{
    // Deeper than anybody nests, and as far below what is read and written elsewhere as our own documents around it need.
    private const int MaxDepth = 48;

    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement;
    private static readonly JsonDocumentOptions Any = new() { MaxDepth = MaxDepth };
    private static readonly JsonDocumentOptions NamesOnce = Any with { AllowDuplicateProperties = false };

    public static (JsonElement Content, Problem? Problem) Read(ReadOnlyMemory<byte> bytes)
    {
        var begins = bytes.Span.TrimStart(" \t\r\n"u8);
        if (begins.IsEmpty) return (Empty, null);
        if (begins[0] is not ((byte)'{' or (byte)'['))
            return (Empty, Problem.BadRequest(MalformedJson.Unexpected(bytes.Span, bytes.Length - begins.Length)));
        try
        {
            return Checked(JsonDocument.Parse(bytes, NamesOnce).RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is what names with half a surrogate pair are to whoever compares names.
            return ReadWithRepeats(bytes);
        }
    }

    public static (JsonElement Content, Problem? Problem) Checked(JsonElement content) =>
        BadText.FirstIn(content) is { } complaint ? (Empty, Problem.BadRequest([complaint])) : (content, null);

    private static (JsonElement Content, Problem? Problem) ReadWithRepeats(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var (content, problem) = Checked(JsonDocument.Parse(bytes, Any).RootElement);
            return problem is null ? (WithoutRepeats(content), null) : (content, problem);
        }
        catch (JsonException e)
        {
            return (Empty, Problem.BadRequest(MalformedJson.Explain(bytes.Span, e)));
        }
    }

    // Of members with one name the last one stands, as in JavaScript.
    private static JsonElement WithoutRepeats(JsonElement content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, content);
        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    private static void Write(Utf8JsonWriter json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var members in element.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(members.Key);
                    Write(json, members.Last().Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(json, item);
                json.WriteEndArray();
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }
}
