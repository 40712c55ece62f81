using System.Buffers.Text;
using System.Text.Json;
using Carillon.Providers.Email;

namespace Carillon.Engine.Steps.Email;

/// <summary>The files a caller sends along, as base64 in the payload. They are checked at once and decoded only when they are sent.</summary>
internal sealed class Attachments
{
    private const int MostFiles = 50;
    private const int MostBytes = 20 * 1024 * 1024;

    private readonly List<(JsonElement File, string Content)> _files = [];

    /// <summary>What is wrong with them, or null.</summary>
    public string? Error { get; private set; }

    public static Attachments Of(JsonElement payload)
    {
        var attachments = new Attachments();
        if (payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("attachments", out var list) && list.ValueKind == JsonValueKind.Array)
            attachments.Error = attachments.Take(list);
        return attachments;
    }

    public IReadOnlyList<EmailAttachment> Decode() => [.. _files.Select(file => new EmailAttachment(
        Text(file.File, "name") ?? "attachment",
        Text(file.File, "mime") ?? "application/octet-stream",
        Convert.FromBase64String(file.Content),
        Text(file.File, "cid"),
        Text(file.File, "disposition")))];

    private string? Take(JsonElement list)
    {
        long total = 0;
        foreach (var file in list.EnumerateArray().Where(IsForMail))
        {
            var content = Normal(Text(file, "file"));
            if (content is null || !Base64.IsValid(content, out var length)) return $"The file of attachment {_files.Count} is not base64";
            if ((total += length) > MostBytes) return $"The attachments are larger than {MostBytes / 1024 / 1024} MiB";
            if (_files.Count == MostFiles) return $"There are more than {MostFiles} attachments";

            _files.Add((file, content));
        }

        return null;
    }

    // Without channels a file is for every channel that can carry one.
    private static bool IsForMail(JsonElement file) =>
        file.ValueKind != JsonValueKind.Object
        || !file.TryGetProperty("channels", out var channels) || channels.ValueKind != JsonValueKind.Array || channels.GetArrayLength() == 0
        || channels.EnumerateArray().Any(channel => channel.ValueKind == JsonValueKind.String && channel.GetString() == "email");

    // Callers also write the alphabet for addresses, and leave out the padding.
    private static string? Normal(string? text)
    {
        if (text is null || Base64.IsValid(text)) return text;

        var normal = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Replace('-', '+').Replace('_', '/').TrimEnd('=');
        return normal.PadRight((normal.Length + 3) / 4 * 4, '=');
    }

    private static string? Text(JsonElement file, string name) =>
        file.ValueKind == JsonValueKind.Object && file.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
