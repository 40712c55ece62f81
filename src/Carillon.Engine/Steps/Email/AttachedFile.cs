using System.Text.Json;

namespace Carillon.Engine.Steps.Email;

/// <summary>A file that came with an event, as the payload describes it; what is in it is kept beside the event.</summary>
internal sealed record AttachedFile(int Ordinal, string Name, string Mime, string? ContentId, string? Disposition)
{
    /// <summary>Those that go with a mail. Without channels a file is for every channel that can carry one.</summary>
    public static IReadOnlyList<AttachedFile> ForMail(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("attachments", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Index().Where(file => IsForMail(file.Item)).Select(file => Of(file.Index, file.Item))]
            : [];

    private static AttachedFile Of(int ordinal, JsonElement file) => new(
        ordinal,
        Text(file, "name") ?? "attachment",
        Text(file, "mime") ?? "application/octet-stream",
        Text(file, "cid"),
        Text(file, "disposition"));

    private static bool IsForMail(JsonElement file) =>
        file.ValueKind != JsonValueKind.Object
        || !file.TryGetProperty("channels", out var channels) || channels.ValueKind != JsonValueKind.Array || channels.GetArrayLength() == 0
        || channels.EnumerateArray().Any(channel => channel.ValueKind == JsonValueKind.String && channel.GetString() == "email");

    private static string? Text(JsonElement file, string name) =>
        file.ValueKind == JsonValueKind.Object && file.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
