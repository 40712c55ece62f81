using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data.Mapping;

namespace Carillon.Engine.Steps.InApp;

/// <summary>Where an inbox item leads, and its buttons. Clients rely on the object being there, so it never is missing.</summary>
internal static class InAppCta
{
    private const string None = """{"action":{"buttons":[]}}""";

    public static string Render(JsonElement? template, Words words)
    {
        if (template is not { ValueKind: JsonValueKind.Object } given) return None;

        var cta = JsonObject.Create(given)!;
        if (cta["data"] is JsonObject data) RenderText(data, "url", words);

        var action = cta["action"] as JsonObject ?? [];
        cta["action"] = action;
        var buttons = action["buttons"] as JsonArray ?? [];
        action["buttons"] = buttons;
        foreach (var button in buttons.OfType<JsonObject>())
            RenderText(button, "content", words);
        return cta.ToJsonString(JsonColumn.Options);
    }

    private static void RenderText(JsonObject owner, string name, Words words)
    {
        if (owner[name] is JsonValue value && value.TryGetValue<string>(out var text)) owner[name] = words.Render($"cta {name}", text);
    }
}
