using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data;

namespace Carillon.Server.Http.Views;

/// <summary>To clients the parts of a thing, such as the buttons of a message, have ids. They follow from the thing's.</summary>
internal static class PartIds
{
    /// <param name="twice">Also as <c>id</c>, where the thing itself is shown with both.</param>
    public static JsonElement InButtons(JsonElement cta, string messageId, bool twice)
    {
        if (!HasButtons(cta)) return cta;

        var shown = JsonObject.Create(cta)!;
        shown["action"]!["buttons"] = With(cta.GetProperty("action").GetProperty("buttons"), messageId, twice);
        return JsonSerializer.SerializeToElement(shown);
    }

    public static JsonArray With(JsonElement parts, string id, bool twice)
    {
        var shown = JsonArray.Create(parts)!;
        foreach (var (part, place) in shown.Select((part, place) => (part, place)))
        {
            if (part is not JsonObject members) continue;

            members["_id"] = Ids.OfPart(id, place);
            if (twice) members["id"] = Ids.OfPart(id, place);
        }

        return shown;
    }

    private static bool HasButtons(JsonElement cta) =>
        cta.ValueKind == JsonValueKind.Object
        && cta.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.Object
        && action.TryGetProperty("buttons", out var buttons) && buttons.ValueKind == JsonValueKind.Array
        && buttons.GetArrayLength() > 0;
}
