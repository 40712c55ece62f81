using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data.Mapping;

namespace Carillon.Server.InApp;

/// <summary>Where a message leads, its buttons, and which of them was used: the wire's <c>cta</c>, looked into.</summary>
internal static class CallToAction
{
    /// <summary>Notes which button was used and how that ended. What an earlier use left is kept where nothing replaces it.</summary>
    public static string With(string? before, string type, string status, JsonElement? payload)
    {
        var cta = before is null ? [] : JsonNode.Parse(before)!.AsObject();
        var action = Child(cta, "action");
        var result = Child(action, "result");
        result["type"] = type;
        action["status"] = status;
        if (payload is { } given) result["payload"] = JsonNode.Parse(given.GetRawText());
        if (action["buttons"] is not JsonArray) action["buttons"] = new JsonArray();
        return cta.ToJsonString(JsonColumn.Options);
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child) parent[name] = child = [];
        return child;
    }
}
