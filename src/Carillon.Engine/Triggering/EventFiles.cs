using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data.Execution;

namespace Carillon.Engine.Triggering;

/// <summary>The files that a caller sends along, as base64 in the payload. They are taken out of it and kept in pieces beside the event.</summary>
public sealed class EventFiles
{
    private const string List = "attachments";
    private const string File = "file";
    private const int MostFiles = 50;
    private const int MostBytes = 20 * 1024 * 1024;
    private const int PieceSize = 1024 * 1024;

    private readonly List<string> _files = [];

    private EventFiles(JsonElement payload) => Payload = payload;

    /// <summary>What is left of the payload: everything but what is in the files.</summary>
    public JsonElement Payload { get; private set; }

    /// <summary>What is wrong with them, or null.</summary>
    public string? Problem { get; private set; }

    public static EventFiles Of(JsonElement payload)
    {
        var files = new EventFiles(payload);
        if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty(List, out var list) || list.ValueKind != JsonValueKind.Array) return files;

        files.Problem = files.Take(list);
        if (files._files.Count > 0) files.Payload = Without(payload);
        return files;
    }

    /// <summary>Decodes them piece by piece: nothing of them is in memory twice.</summary>
    public IReadOnlyList<Attachment> Pieces(string eventId, string environmentId) => _files.Count == 0 ? [] :
    [
        .. from file in _files.Index()
           from part in Split(Convert.FromBase64String(file.Item)).Index()
           select new Attachment
           {
               EventId = eventId, Ordinal = (short)file.Index, Part = (short)part.Index, EnvironmentId = environmentId, Content = part.Item,
           },
    ];

    // An empty file has one empty piece.
    private static IEnumerable<byte[]> Split(byte[] content)
    {
        for (var at = 0; at == 0 || at < content.Length; at += PieceSize)
            yield return content[at..Math.Min(content.Length, at + PieceSize)];
    }

    private string? Take(JsonElement list)
    {
        if (list.GetArrayLength() > MostFiles) return $"payload.attachments must contain no more than {MostFiles} elements";

        long total = 0;
        foreach (var file in list.EnumerateArray())
        {
            var content = file.ValueKind == JsonValueKind.Object && file.TryGetProperty(File, out var value) ? Normal(value) : null;
            if (content is null || !Base64.IsValid(content, out var length)) return $"payload.attachments.{_files.Count}.file must be base64";
            if ((total += length) > MostBytes) return $"payload.attachments must not be larger than {MostBytes / 1024 / 1024} MiB";

            _files.Add(content);
        }

        return null;
    }

    private static JsonElement Without(JsonElement payload)
    {
        var left = new JsonObject();
        foreach (var member in payload.EnumerateObject().Where(member => member.Name != List))
            left[member.Name] = JsonSerializer.SerializeToNode(member.Value);
        left[List] = new JsonArray([.. payload.GetProperty(List).EnumerateArray().Select(Described)]);
        return JsonSerializer.SerializeToElement(left);
    }

    private static JsonNode Described(JsonElement file)
    {
        var described = new JsonObject();
        foreach (var member in file.EnumerateObject().Where(member => member.Name != File))
            described[member.Name] = JsonSerializer.SerializeToNode(member.Value);
        return described;
    }

    // Callers also write the alphabet for addresses, and leave out the padding.
    private static string? Normal(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;

        var text = value.GetString()!;
        if (Base64.IsValid(text)) return text;

        var normal = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Replace('-', '+').Replace('_', '/').TrimEnd('=');
        return normal.PadRight((normal.Length + 3) / 4 * 4, '=');
    }
}
