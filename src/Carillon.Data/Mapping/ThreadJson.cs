using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Carillon.Data.Mapping;

/// <summary>JSON for what is written for every event or recipient, by code made for its type, with a buffer that the thread keeps.</summary>
internal static class ThreadJson
{
    private const int MostKept = 64 * 1024;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static string Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = _buffer ??= new();
        var json = _writer ??= new(buffer, Compact);
        buffer.ResetWrittenCount();
        json.Reset();
        write(json, value);
        json.Flush();
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        if (buffer.Capacity > MostKept) (_buffer, _writer) = (null, null);
        return text;
    }
}
