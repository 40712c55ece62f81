using System.Globalization;
using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Engine.Steps;
using Carillon.Providers;

namespace Carillon.Engine.Running;

/// <summary>
/// How a send ended, as the trace keeps it: the line's raw part says what the provider said and, where a message goes to several
/// devices, of which one it is true. So later turns, and whoever tells of the message, know without another place to look.
/// </summary>
internal sealed record SendRecord(bool IsSent, string? Reason = null, bool IsGone = false)
{
    private const string DeviceToken = "deviceToken";

    public static SendRecord Of(TraceLine line)
    {
        if (line.Detail == Detail.MessageSent) return new(IsSent: true);

        var raw = line.Raw is null ? default : JsonColumn.Read<JsonElement>(line.Raw);
        return new(IsSent: false, Text(raw, "message"), raw.ValueKind == JsonValueKind.Object && raw.TryGetProperty("removed", out _));
    }

    public static string? DeviceIn(TraceLine line) =>
        line.Raw is { } raw && raw.Contains(DeviceToken, StringComparison.Ordinal) ? Text(JsonColumn.Read<JsonElement>(raw), DeviceToken) : null;

    public static string Raw(SendResult.Sent sent, SendKey key, DateTimeOffset now)
    {
        var result = new { id = sent.ProviderMessageId, date = sent.Date ?? now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), note = sent.Raw };
        return key.Device is { } deviceToken ? JsonColumn.Write(new { result, deviceToken }) : JsonColumn.Write(result);
    }

    /// <summary><paramref name="isRemoved"/> where the device is forgotten because of it.</summary>
    public static string Raw(string message, SendKey key, bool isRemoved = false) =>
        JsonColumn.Write(new { message, deviceToken = key.Device, removed = isRemoved && key.Device is not null ? true : (bool?)null });

    /// <summary>Remembers who may have taken it all the same.</summary>
    public static string Raw(SendResult.Unavailable unavailable, Dispatch by) => JsonColumn.Write(new
    {
        message = unavailable.Reason,
        deviceToken = by.Device,
        mayHaveSent = unavailable.MayHaveArrived ? by.Integration.Id : null,
    });

    public static string? MayHaveSent(TraceLine line) => line.Raw is { } raw ? Text(JsonColumn.Read<JsonElement>(raw), "mayHaveSent") : null;

    private static string? Text(JsonElement raw, string name) =>
        raw.ValueKind == JsonValueKind.Object && raw.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
