using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Carillon.Data.Execution;

/// <summary>One line of a trace; <paramref name="At"/> counts milliseconds from the run's creation.</summary>
public readonly record struct TraceLine(Detail Detail, int Step, long At, string? ProviderId = null, string? Raw = null);

/// <summary>
/// The ordered account of a run, kept in one compact column: a JSON list of <c>[detail, step, at, raw?, provider?]</c>.
/// "Step created" is not stored: every step has it, at the moment the run was made.
/// </summary>
public static class Trace
{
    public const string Empty = "[]";
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Append(string trace, IReadOnlyList<TraceLine> lines)
    {
        if (lines.Count == 0) return trace;

        var added = Write(lines);
        return trace == Empty ? added : string.Concat(trace.AsSpan(0, trace.Length - 1), ",", added.AsSpan(1));
    }

    public static IReadOnlyList<TraceLine> Read(string trace)
    {
        using var document = JsonDocument.Parse(trace);
        return [.. document.RootElement.EnumerateArray().Select(ReadLine)];
    }

    private static string Write(IReadOnlyList<TraceLine> lines)
    {
        var buffer = new ArrayBufferWriter<byte>(32 * lines.Count);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartArray();
            foreach (var line in lines)
                WriteLine(json, line);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteLine(Utf8JsonWriter json, TraceLine line)
    {
        json.WriteStartArray();
        json.WriteNumberValue((int)line.Detail);
        json.WriteNumberValue(line.Step);
        json.WriteNumberValue(line.At);
        if (line.Raw is not null || line.ProviderId is not null) json.WriteStringValue(line.Raw);
        if (line.ProviderId is not null) json.WriteStringValue(line.ProviderId);
        json.WriteEndArray();
    }

    private static TraceLine ReadLine(JsonElement line) => new(
        (Detail)line[0].GetInt32(),
        line[1].GetInt32(),
        line[2].GetInt64(),
        Raw: line.GetArrayLength() > 3 ? line[3].GetString() : null,
        ProviderId: line.GetArrayLength() > 4 ? line[4].GetString() : null);
}
