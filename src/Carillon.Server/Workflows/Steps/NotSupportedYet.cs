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
        return null;
    }
}
