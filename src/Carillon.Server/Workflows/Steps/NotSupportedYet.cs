using System.Text.Json;

namespace Carillon.Server.Workflows.Steps;

/// <summary>
/// What the contract allows and the engine cannot do: refused when a workflow is saved, so that nothing is quietly left out
/// when it runs. Whatever the engine learns, its line here goes.
/// </summary>
internal static class NotSupportedYet
{
    /// <summary>Names the first such field of a step, or null when the engine can do all of it.</summary>
    public static string? In(StepRequest step, string path, IReadOnlyCollection<string> handledTypes)
    {
        if (!handledTypes.Contains(step.Template!.Type!)) return $"{path}.template.type {step.Template.Type} is not supported yet";
        if (HasConditions(step.Filters)) return $"{path}.filters is not supported yet";
        if (step.Variants.Count > 0) return $"{path}.variants is not supported yet";
        if (IsActive(step.ReplyCallback)) return $"{path}.replyCallback is not supported yet";
        return null;
    }

    // A group without children asks nothing, so it always holds.
    public static bool HasConditions(JsonElement? filters) =>
        filters is { } groups && groups.EnumerateArray().Any(group =>
            group.ValueKind != JsonValueKind.Object
            || (group.TryGetProperty("children", out var children)
                && (children.ValueKind != JsonValueKind.Array || children.GetArrayLength() > 0)));

    private static bool IsActive(JsonElement? replyCallback) =>
        replyCallback is { } callback && callback.TryGetProperty("active", out var active) && active.ValueKind != JsonValueKind.False
        && active.ValueKind != JsonValueKind.Null;
}
