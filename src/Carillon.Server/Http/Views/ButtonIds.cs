using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data;

namespace Carillon.Server.Http.Views;

/// <summary>Clients know the buttons of a message by ids, which follow from the message's.</summary>
internal static class ButtonIds
{
    /// <param name="twice">Also as <c>id</c>, where the message itself is shown with both.</param>
    public static JsonElement In(JsonElement cta, string messageId, bool twice)
    {
        if (!HasButtons(cta)) return cta;

        var shown = JsonObject.Create(cta)!;
        foreach (var (button, place) in shown["action"]!["buttons"]!.AsArray().Select((button, place) => (button, place)))
        {
            if (button is not JsonObject members) continue;

            members["_id"] = Ids.OfPart(messageId, place);
            if (twice) members["id"] = Ids.OfPart(messageId, place);
        }

        return JsonSerializer.SerializeToElement(shown);
    }

    private static bool HasButtons(JsonElement cta) =>
        cta.ValueKind == JsonValueKind.Object
        && cta.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.Object
        && action.TryGetProperty("buttons", out var buttons) && buttons.ValueKind == JsonValueKind.Array
        && buttons.GetArrayLength() > 0;
}
