using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data.Mapping;

namespace Carillon.Engine.Steps.InApp;

/// <summary>Where an inbox item leads, and its buttons. Clients rely on the object being there, so it never is missing.</summary>
public sealed class InAppCta(Words words)
{
    private const string None = """{"action":{"buttons":[]}}""";

    private readonly List<string> _leftOut = [];

    /// <summary>The links that nobody should follow, and that are empty now.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    public string Render(JsonElement? template)
    {
        if (template is not { ValueKind: JsonValueKind.Object } given) return None;

        var cta = JsonObject.Create(given)!;
        if (cta["data"] is JsonObject data)
        {
            RenderText(data, "url");
            Check(data);
        }

        var action = cta["action"] as JsonObject ?? [];
        cta["action"] = action;
        var buttons = action["buttons"] as JsonArray ?? [];
        action["buttons"] = buttons;
        foreach (var button in buttons.OfType<JsonObject>())
        {
            RenderText(button, "content");
            Check(button);
        }

        return cta.ToJsonString(JsonColumn.Options);
    }

    private void RenderText(JsonObject owner, string name)
    {
        if (TextIn(owner, name) is { } text) owner[name] = words.Render($"cta {name}", text);
    }

    private void Check(JsonObject owner)
    {
        if (TextIn(owner, "url") is not { } url || SafeLink.Is(url)) return;

        _leftOut.Add(url);
        owner["url"] = "";
    }

    private static string? TextIn(JsonObject owner, string name) =>
        owner[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
