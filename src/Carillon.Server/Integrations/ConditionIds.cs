using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data;

namespace Carillon.Server.Integrations;

/// <summary>Groups of conditions and the conditions in them are entities to clients, so each has an id.</summary>
internal static class ConditionIds
{
    private const string Id = "_id";

    /// <summary>As they are stored: an id for each that has none.</summary>
    public static JsonElement Assign(JsonElement conditions, Ids ids)
    {
        var groups = JsonArray.Create(conditions)!;
        foreach (var entity in Entities(groups))
        {
            entity.Remove("id");
            if (entity[Id] is not JsonValue known || !known.TryGetValue<string>(out var id) || !Ids.IsId(id)) entity[Id] = ids.New();
        }

        return JsonSerializer.SerializeToElement(groups);
    }

    /// <summary>As they are shown with an integration on its own: each id once more, without the underscore.</summary>
    public static JsonArray Doubled(JsonArray groups)
    {
        foreach (var entity in Entities(groups)) entity["id"] = entity[Id]?.DeepClone();
        return groups;
    }

    private static IEnumerable<JsonObject> Entities(JsonArray groups) =>
        from found in groups.OfType<JsonObject>()
        from entity in new[] { found }.Concat((found["children"] as JsonArray ?? []).OfType<JsonObject>())
        select entity;
}
