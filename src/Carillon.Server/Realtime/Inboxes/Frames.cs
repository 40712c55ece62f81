using System.Buffers;
using System.Text.Json;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Views;

namespace Carillon.Server.Realtime.Inboxes;

/// <summary>What clients hear, as packets: an event's name and what it carries.</summary>
internal static class Frames
{
    /// <summary>As far as is counted; there may be more.</summary>
    public const int MostCounted = 100;

    public static ReadOnlyMemory<byte> Received(MessageView message) => Of("notification_received", new { message });

    public static ReadOnlyMemory<byte> Unseen(int count) =>
        Of("unseen_count_changed", new { unseenCount = Math.Min(count, MostCounted), hasMore = count > MostCounted });

    public static ReadOnlyMemory<byte> Unread(int count) =>
        Of("unread_count_changed", new { unreadCount = Math.Min(count, MostCounted), hasMore = count > MostCounted });

    private static ReadOnlyMemory<byte> Of<T>(string name, T content)
    {
        var frame = new ArrayBufferWriter<byte>();
        frame.Write("42"u8);
        using (var json = new Utf8JsonWriter(frame, new JsonWriterOptions { Encoder = Wire.Json.Encoder }))
        {
            json.WriteStartArray();
            json.WriteStringValue(name);
            JsonSerializer.Serialize(json, content, Wire.Json);
            json.WriteEndArray();
        }

        return frame.WrittenMemory;
    }
}
