using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Data;

namespace Carillon.Server.Workflows.Steps;

/// <summary>The variables that a template declares are entities to clients, so each has an id.</summary>
internal static class VariableEntities
{
    private const string Id = "_id";
    private static readonly string[] Known = ["name", "type", "required", "defaultValue", Id];

    /// <summary>As they are stored: an id for each that has none, and nothing that means nothing. An empty text is no default.</summary>
    public static JsonElement? Store(JsonElement? variables, Ids ids)
    {
        if (variables is not { } given) return null;

        var entities = JsonArray.Create(given)!;
        foreach (var variable in entities.OfType<JsonObject>())
        {
            foreach (var name in variable.Select(member => member.Key).Except(Known).ToList()) variable.Remove(name);
            if (IsEmpty(variable["defaultValue"])) variable.Remove("defaultValue");
            variable.TryAdd("required", false);
            if (variable[Id] is not JsonValue value || !value.TryGetValue<string>(out var id) || !Ids.IsId(id)) variable[Id] = ids.New();
        }

        return JsonSerializer.SerializeToElement(entities);
    }

    /// <summary>As they are shown: each id once more, without the underscore.</summary>
    public static JsonArray Doubled(JsonElement? variables)
    {
        var entities = variables is { } stored ? JsonArray.Create(stored)! : [];
        foreach (var variable in entities.OfType<JsonObject>())
        {
            if (variable[Id] is { } id) variable["id"] = id.DeepClone();
        }

        return entities;
    }

    private static bool IsEmpty(JsonNode? value) => value is null || (value is JsonValue text && text.TryGetValue<string>(out var given) && given.Length == 0);
}
