using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data;

namespace Carillon.Server.Http.Conditions;

/// <summary>Groups of conditions and the conditions in them are entities to clients, so each has an id.</summary>
internal static class ConditionEntities
{
    private const string Id = "_id";
    private const string Children = "children";
    private static readonly string[] OfGroup = ["isNegated", "type", "value", Children, Id];
    private static readonly string[] OfCondition = ["field", "value", "operator", "on", "webhookUrl", "timeOperator", "step", "stepType", Id];

    /// <summary>As they are stored: an id for each that has none, and nothing that means nothing.</summary>
    public static JsonElement? Store(JsonElement? conditions, Ids ids)
    {
        if (conditions is not { } given) return null;

        var groups = JsonArray.Create(given)!;
        foreach (var entity in groups.OfType<JsonObject>())
        {
            Store(entity, OfGroup, ids);
            foreach (var child in (entity[Children] as JsonArray ?? []).OfType<JsonObject>()) Store(child, OfCondition, ids);
        }

        return JsonSerializer.SerializeToElement(groups);
    }

    /// <summary>As they are shown with their owner on its own: each id once more, without the underscore.</summary>
    public static JsonArray Doubled(JsonElement? conditions)
    {
        var groups = conditions is { } stored ? JsonArray.Create(stored)! : [];
        foreach (var entity in groups.OfType<JsonObject>())
        {
            entity["id"] = entity[Id]?.DeepClone();
            foreach (var child in (entity[Children] as JsonArray ?? []).OfType<JsonObject>()) child["id"] = child[Id]?.DeepClone();
        }

        return groups;
    }

    private static void Store(JsonObject entity, IReadOnlyCollection<string> known, Ids ids)
    {
        foreach (var name in entity.Select(member => member.Key).Except(known).ToList()) entity.Remove(name);
        if (entity[Id] is not JsonValue value || !value.TryGetValue<string>(out var id) || !Ids.IsId(id)) entity[Id] = ids.New();
    }
}
