using System.Text.Json;
using System.Text.Json.Serialization;
using Carillon.Data.Mapping;

namespace Carillon.Data.Execution;

/// <summary>How an event's columns are written, as <see cref="JsonColumn"/> would: every call of a trigger route writes two.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventContent))]
[JsonSerializable(typeof(EventRecipients))]
public sealed partial class EventJson : JsonSerializerContext
{
    public static string Write(EventContent content) => ThreadJson.Write(content, Default.EventContent.SerializeHandler!);

    public static string Write(EventRecipients recipients) => ThreadJson.Write(recipients, Default.EventRecipients.SerializeHandler!);
}
