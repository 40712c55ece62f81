using System.Text;
using System.Text.Json;

namespace Carillon.Server.Http.Input;

/// <summary>Says what is wrong with JSON that does not parse, in the words clients know from JavaScript.</summary>
internal static class MalformedJson
{
    private const int ShownLength = 10;

    public static string Explain(ReadOnlySpan<byte> json, JsonException error)
    {
        if (error.Message.Contains("maximum configured depth", StringComparison.Ordinal)) return "The body is nested too deeply";

        var position = Position(json, error);
        if (position >= json.Length) return "Unexpected end of JSON input";

        if (error.Message.Contains("start of a property name", StringComparison.Ordinal) && json[..position].TrimEnd(" \t\r\n"u8) is [.., (byte)'{'])
            return $"Expected property name or '}}' in JSON at position {Encoding.UTF8.GetCharCount(json[..position])}";
        return Unexpected(json, position);
    }

    /// <summary>What stands there does not belong there.</summary>
    public static string Unexpected(ReadOnlySpan<byte> json, int position)
    {
        var token = Rune.DecodeFromUtf8(json[position..], out var rune, out _) == System.Buffers.OperationStatus.Done ? rune.ToString() : "?";
        var text = Encoding.UTF8.GetString(json);
        return text.Length <= ShownLength
            ? $"Unexpected token '{token}', \"{text}\" is not valid JSON"
            : $"Unexpected token '{token}' in JSON at position {Encoding.UTF8.GetCharCount(json[..position])}";
    }

    private static int Position(ReadOnlySpan<byte> json, JsonException error)
    {
        var rest = json;
        for (var line = error.LineNumber ?? 0; line > 0; line--)
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        return json.Length - rest.Length + (int)(error.BytePositionInLine ?? 0);
    }
}
