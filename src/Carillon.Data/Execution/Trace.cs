using System.Text.Json;
using Carillon.Data.Mapping;

namespace Carillon.Data.Execution;

/// <summary>
/// One line of a trace; <paramref name="At"/> counts milliseconds from the run's creation, <paramref name="Message"/> is the
/// ordinal of the step's message it is about.
/// </summary>
public readonly record struct TraceLine(
    Detail Detail, int Step, long At, string? Raw = null, string? ProviderId = null, int? Message = null);

/// <summary>
/// The ordered account of a run, kept in one compact column: a JSON list of <c>[detail, step, at, raw?, provider?, message?]</c>, cut off behind the last that is there.
/// "Step created" is not stored: every step has it, at the moment the run was made.
/// </summary>
public static class Trace
{
    public const string Empty = "[]";

    public static string Append(string trace, IReadOnlyList<TraceLine> lines)
    {
        if (lines.Count == 0) return trace;

        var added = ThreadJson.Write(lines, Write);
        return trace == Empty ? added : string.Concat(trace.AsSpan(0, trace.Length - 1), ",", added.AsSpan(1));
    }

    public static IReadOnlyList<TraceLine> Read(string trace)
    {
        if (trace == Empty) return [];

        using var document = JsonDocument.Parse(trace);
        return [.. document.RootElement.EnumerateArray().Select(ReadLine)];
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<TraceLine> lines)
    {
        json.WriteStartArray();
        foreach (var line in lines)
            WriteLine(json, line);
        json.WriteEndArray();
    }

    private static void WriteLine(Utf8JsonWriter json, TraceLine line)
    {
        json.WriteStartArray();
        json.WriteNumberValue((int)line.Detail);
        json.WriteNumberValue(line.Step);
        json.WriteNumberValue(line.At);
        WriteDetails(json, line);
        json.WriteEndArray();
    }

    private static void WriteDetails(Utf8JsonWriter json, TraceLine line)
    {
        var last = line.Message is not null ? 3 : line.ProviderId is not null ? 2 : line.Raw is not null ? 1 : 0;
        if (last >= 1) json.WriteStringValue(line.Raw);
        if (last >= 2) json.WriteStringValue(line.ProviderId);
        if (last >= 3) json.WriteNumberValue(line.Message!.Value);
    }

    private static TraceLine ReadLine(JsonElement line) => new(
        (Detail)line[0].GetInt32(),
        line[1].GetInt32(),
        line[2].GetInt64(),
        Raw: line.GetArrayLength() > 3 ? line[3].GetString() : null,
        ProviderId: line.GetArrayLength() > 4 ? line[4].GetString() : null,
        Message: line.GetArrayLength() > 5 ? line[5].GetInt32() : null);
}
