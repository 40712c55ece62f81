using System.Buffers;
using System.Text.Json;
using Carillon.Data.Subscribers;

namespace Carillon.Engine.Steps;

/// <summary>A subscriber as templates see one: the wire's names, without what is secret or internal to us.</summary>
internal static class SubscriberJson
{
    public static JsonElement Of(Subscriber subscriber)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("_id", subscriber.Id);
            json.WriteString("subscriberId", subscriber.ExternalId);
            Write(json, "firstName", subscriber.FirstName);
            Write(json, "lastName", subscriber.LastName);
            Write(json, "email", subscriber.Email);
            Write(json, "phone", subscriber.Phone);
            Write(json, "avatar", subscriber.Avatar);
            Write(json, "locale", subscriber.Locale);
            Write(json, "timezone", subscriber.Timezone);
            if (subscriber.IsOnline is { } online) json.WriteBoolean("isOnline", online);
            if (subscriber.LastOnlineAt is { } last) json.WriteString("lastOnlineAt", last.UtcDateTime);
            if (subscriber.Data is { } data)
            {
                json.WritePropertyName("data");
                data.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }
}
