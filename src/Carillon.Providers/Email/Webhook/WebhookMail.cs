using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Carillon.Providers.Email.Webhook;

/// <summary>The mail as the webhook receives it. Optional members are left out, not null.</summary>
internal static class WebhookMail
{
    public static JsonObject Of(EmailMessage mail)
    {
        var body = new JsonObject
        {
            ["to"] = Strings(mail.To),
            ["subject"] = mail.Subject,
            ["html"] = mail.Html,
            ["from"] = mail.From,
            ["senderName"] = mail.SenderName,
            ["id"] = mail.Id,
            ["replyTo"] = mail.ReplyTo,
            ["attachments"] = mail.Attachments.Count == 0 ? null : new JsonArray([.. mail.Attachments.Select(Attachment)]),
            ["notificationDetails"] = mail.Origin is { } origin ? Origin(origin) : null,
            ["text"] = mail.Text,
            ["cc"] = Strings(mail.Cc),
            ["bcc"] = Strings(mail.Bcc),
            ["ipPoolName"] = mail.IpPoolName,
            ["customData"] = mail.CustomData?.DeepClone() ?? new JsonObject(),
            ["headers"] = new JsonObject(mail.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
            ["payloadDetails"] = mail.PayloadDetails?.DeepClone(),
        };
        return WithoutNulls(body);
    }

    private static JsonArray Strings(IReadOnlyList<string> values) => new([.. values.Select(value => (JsonNode)value)]);

    private static JsonObject Origin(EmailOrigin origin) => new()
    {
        ["transactionId"] = origin.TransactionId,
        ["workflowIdentifier"] = origin.WorkflowIdentifier,
        ["subscriberId"] = origin.SubscriberId,
    };

    private static JsonObject Attachment(EmailAttachment attachment) => WithoutNulls(new()
    {
        ["file"] = new JsonObject { ["type"] = "Buffer", ["data"] = JsonValue.Create(new Octets(attachment.Content)) },
        ["mime"] = attachment.Mime,
        ["name"] = attachment.Name,
        ["cid"] = attachment.ContentId,
        ["disposition"] = attachment.Disposition,
    });

    private static JsonObject WithoutNulls(JsonObject body)
    {
        foreach (var name in body.Where(member => member.Value is null).Select(member => member.Key).ToList())
            body.Remove(name);

        return body;
    }

    /// <summary>
    /// A file as Node.js writes a Buffer, from which receivers rebuild it: a list with a number for each byte. The numbers are made as they are
    /// written, because a node for each would be a hundred times the file.
    /// </summary>
    [JsonConverter(typeof(OctetsConverter))]
    private sealed record Octets(ReadOnlyMemory<byte> Content);

    private sealed class OctetsConverter : JsonConverter<Octets>
    {
        public override Octets Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Mails are only written.");

        public override void Write(Utf8JsonWriter writer, Octets value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var octet in value.Content.Span) writer.WriteNumberValue(octet);
            writer.WriteEndArray();
        }
    }
}
