using System.Text.Json;
using Carillon.Data;
using Carillon.Data.Layouts;
using Carillon.Engine.Templating;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Layouts;

/// <summary>The rules for what a layout says, and the names that it looks up.</summary>
internal static class LayoutContent
{
    private static readonly JsonElement NoText = JsonSerializer.SerializeToElement("");
    private static readonly JsonElement Yes = JsonSerializer.SerializeToElement(true);

    public static Problem? ProblemWith(string content)
    {
        if (!content.Contains(Layout.BodyPlace, StringComparison.Ordinal))
            return Problem.BadRequest($"Layout content must contain {Layout.BodyPlace}");

        return Template.Parse(content).Error is { } error
            ? Problem.BadRequest($"Failed to extract variables: content{At(error)}: {error.Message}")
            : null;
    }

    /// <summary>Every name in the content but that of the words; of what the client says, only what is known by it of such a name.</summary>
    public static IReadOnlyList<LayoutVariable> VariablesOf(string content, IReadOnlyList<VariableRequest> given, Ids ids) =>
    [
        .. from variable in TemplateVariables.In(content)
           where variable.Name != "body"
           let known = given.FirstOrDefault(one => one.Name == variable.Name)
           select new LayoutVariable(
               ids.New(), variable.Name, variable.Type, known?.Required ?? false, known?.DefaultValue ?? UsualValue(variable.Type)),
    ];

    private static JsonElement? UsualValue(string type) => type switch
    {
        "String" => NoText,
        "Boolean" => Yes,
        _ => null,
    };

    private static string At(TemplateError error) => error.Line is { } line ? $", line {line}" : "";
}
