using System.Text.Json;
using System.Text.Json.Nodes;

namespace Carillon.Server.Notifications;

/// <summary>When a step ends its wait, and what it goes on with; every job shows one, digest or not.</summary>
internal static class DigestView
{
    public static JsonObject Of(JsonObject metadata, IReadOnlyList<JsonElement> events)
    {
        var shown = metadata.DeepClone().AsObject();
        shown.Remove("delayPath");
        shown["events"] = new JsonArray([.. events.Select(payload => JsonSerializer.SerializeToNode(payload))]);
        return shown;
    }
}
