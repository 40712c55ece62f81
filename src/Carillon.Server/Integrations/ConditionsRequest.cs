using System.Text.Json;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Integrations;

/// <summary>Groups of conditions, as a client sends them.</summary>
internal static class ConditionsRequest
{
    public static JsonElement? Read(Field conditions) => conditions.Optional()
        .Array()
        .Must(AreGroups(conditions.Json), "each value in nested property conditions must be either object or array")
        .JsonOrNull;

    public static bool HasAny(JsonElement? conditions) => conditions is { } groups && groups.GetArrayLength() > 0;

    private static bool AreGroups(JsonElement conditions) =>
        conditions.ValueKind == JsonValueKind.Array && conditions.EnumerateArray().All(group => group.ValueKind == JsonValueKind.Object);
}
